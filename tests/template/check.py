"""Holds template.yaml, as CloudFormation will see it, against what the project promises of it.

What CloudFormation will see is what SAM's own translator makes of the template. Run by `.ci/template`.
"""

import copy
import json
import logging
import math
import re
import sys
from pathlib import Path

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

ROOT = Path(__file__).resolve().parents[2]
COST = ROOT / "docs" / "cost.md"
RUNBOOK = ROOT / "docs" / "runbook.md"

RESOURCES_OF_A_STACK = 500
RESOURCES_OF_AN_ENDPOINT = 4
ENDPOINTS_TO_FIT = 100

# Rights over everything, or over more than the stack's own things, and why each is there.
BROAD_RIGHTS = {
    ("FunctionBoundary", "dynamodb:ListStreams", "*"): "takes no resource",
    ("FunctionBoundary", "ses:SendEmail", "identity/*"): "the sandbox asks for the recipient's identity; limited by sender",
    ("DeliverFunctionRole", "ses:SendEmail", "identity/*"): "the sandbox asks for the recipient's identity; limited by sender",
}
WILD_ACTIONS = {"kms:GenerateDataKey*", "kms:ReEncrypt*"}

# What a resource costs a month if nobody uses it, at the list prices that docs/cost.md names.
DOLLARS_OF_AN_IDLE_STACK = 5.00
IDLE_DOLLARS = {
    "AWS::ApiGatewayV2::Api": 0,
    "AWS::ApiGatewayV2::ApiMapping": 0,
    "AWS::ApiGatewayV2::DomainName": 0,
    "AWS::ApiGatewayV2::Stage": 0,
    "AWS::CertificateManager::Certificate": 0,
    "AWS::CloudWatch::Alarm": 0.10,
    # The first three of an account.
    "AWS::CloudWatch::Dashboard": 0,
    "AWS::DynamoDB::Table": 0,
    "AWS::Events::EventBus": 0,
    "AWS::Events::Rule": 0,
    "AWS::IAM::ManagedPolicy": 0,
    "AWS::IAM::Role": 0,
    # With the two replacements of its material that are charged.
    "AWS::KMS::Key": 3.00,
    "AWS::Lambda::EventInvokeConfig": 0,
    "AWS::Lambda::EventSourceMapping": 0,
    "AWS::Lambda::Function": 0,
    "AWS::Lambda::Permission": 0,
    "AWS::Logs::LogGroup": 0,
    "AWS::Logs::MetricFilter": 0,
    # The hosted zone is not the stack's, and neither is what it costs.
    "AWS::Route53::RecordSet": 0,
    "AWS::Route53::RecordSetGroup": 0,
    "AWS::SES::ConfigurationSet": 0,
    "AWS::SES::ConfigurationSetEventDestination": 0,
    "AWS::SES::EmailIdentity": 0,
    "AWS::SNS::Subscription": 0,
    "AWS::SNS::Topic": 0,
    "AWS::SQS::Queue": 0,
    "AWS::SQS::QueuePolicy": 0,
    # Runs every minute: the run, the function, its reads and its logs.
    "AWS::Scheduler::Schedule": 0.10,
}

# What SAM attaches by itself. Both speak of everything in the account, so they count only under the boundary.
MANAGED_POLICIES = {"AWSLambdaBasicExecutionRole", "AWSLambdaDynamoDBExecutionRole"}

# Names that are unique in an account: without the stack's name in them there could be no second stack.
NAMES = {
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::CloudWatch::Dashboard": "DashboardName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Events::EventBus": "Name",
    "AWS::Events::Rule": "Name",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::SES::ConfigurationSet": "Name",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Scheduler::Schedule": "Name",
}


class NoManagedPolicies:
    """The translator asks for the names of AWS's managed policies, which this template does not use."""

    @staticmethod
    def load():
        return {}


def translated(template):
    template = copy.deepcopy(template)
    # The translator wants to know where `sam package` has put the code.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
    parameters = {name: parameter.get("Default", "given") for name, parameter in template["Parameters"].items()}
    return transform(template, parameters, NoManagedPolicies())["Resources"]


def of_type(resources, kind):
    return {name: resource for name, resource in resources.items() if resource["Type"] == kind}


def as_list(value):
    return value if isinstance(value, list) else [value]


def text(value):
    return json.dumps(value, sort_keys=True, default=str)


def is_http(function):
    return any(event["Type"] == "HttpApi" for event in function["Properties"].get("Events", {}).values())


def area_of(function):
    return function["Metadata"]["BuildProperties"]["Binary"]


class Check:
    def __init__(self):
        self.template = yaml_parse((ROOT / "template.yaml").read_text())
        self.functions = of_type(self.template["Resources"], "AWS::Serverless::Function")
        self.resources = translated(self.template)
        self.problems = []

    def expect(self, holds, problem):
        if not holds:
            self.problems.append(problem)

    def resources_fit(self):
        """An endpoint costs so few resources that a hundred fit into one stack."""
        costs = {}
        for name in self.functions:
            without = copy.deepcopy(self.template)
            del without["Resources"][name]
            costs[name] = sorted(set(self.resources) - set(translated(without)))
        endpoints = [name for name, function in self.functions.items() if is_http(function)]
        for name in endpoints:
            self.expect(
                len(costs[name]) <= RESOURCES_OF_AN_ENDPOINT,
                f"{name} makes {len(costs[name])} resources, {RESOURCES_OF_AN_ENDPOINT} at most: {', '.join(costs[name])}",
            )
        dearest = max(len(costs[name]) for name in endpoints)
        fixed = len(self.resources) - sum(len(costs[name]) for name in endpoints)
        # With as many endpoints to an area as there are now; an area has a log group and a filter.
        areas = len({area_of(self.functions[name]) for name in endpoints})
        further_areas = math.ceil(areas * ENDPOINTS_TO_FIT / len(endpoints)) - areas
        total = fixed + ENDPOINTS_TO_FIT * dearest + 2 * further_areas
        self.expect(
            total <= RESOURCES_OF_A_STACK,
            f"{ENDPOINTS_TO_FIT} endpoints would make {total} resources, {RESOURCES_OF_A_STACK} at most",
        )
        print(f"resources: {len(self.resources)} now with {len(endpoints)} endpoints, at most {dearest} for each")
        print(f"resources: {total} with {ENDPOINTS_TO_FIT} endpoints in {areas + further_areas} areas, {RESOURCES_OF_A_STACK} fit")

    def handlers_exist(self):
        """A function is named after its handler, and its code is where that name says."""
        for name, function in self.functions.items():
            handler = function["Properties"]["Handler"]
            expected = "".join(word.capitalize() for word in handler.split("_")) + "Function"
            self.expect(name == expected, f"{name} has the handler {handler}, so it should be called {expected}")
            source = ROOT / "functions" / area_of(function) / "src" / f"{handler}.rs"
            self.expect(source.is_file(), f"{name} has no {source.relative_to(ROOT)}")

    def roles_are_own(self):
        """Every function has a role, no two share one, and the boundary is around each."""
        owners = {}
        for name, function in of_type(self.resources, "AWS::Lambda::Function").items():
            role = function["Properties"]["Role"]["Fn::GetAtt"][0]
            self.expect(role not in owners, f"{name} shares the role {role} with {owners.get(role)}")
            owners[role] = name
            boundary = self.resources[role]["Properties"].get("PermissionsBoundary")
            self.expect(boundary == {"Ref": "FunctionBoundary"}, f"{role} is not within FunctionBoundary")

    def statements(self):
        for name, policy in of_type(self.resources, "AWS::IAM::ManagedPolicy").items():
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
                yield name, statement
        for name, role in of_type(self.resources, "AWS::IAM::Role").items():
            for policy in role["Properties"].get("Policies", []):
                for statement in as_list(policy["PolicyDocument"]["Statement"]):
                    yield name, statement

    def rights_are_narrow(self):
        """No right reaches beyond the stack, but for those that are listed with their reason."""
        used = set()
        for name, statement in self.statements():
            for action in as_list(statement["Action"]):
                self.expect("*" not in action or action in WILD_ACTIONS, f"{name} may {action}")
                for resource in as_list(statement["Resource"]):
                    broad = re.search(r"(?:^|:)(\*|[a-z-]+/\*)\"?\}?$", text(resource).strip('"'))
                    if broad:
                        right = (name, action, broad.group(1))
                        used.add(right)
                        self.expect(right in BROAD_RIGHTS, f"{name} may {action} on {text(resource)}")
        for right in BROAD_RIGHTS.keys() - used:
            self.expect(False, f"{right} is listed as a broad right, but nothing has it")
        for name, role in of_type(self.resources, "AWS::IAM::Role").items():
            for managed in role["Properties"].get("ManagedPolicyArns", []):
                self.expect(text(managed).strip('"').split("/")[-1] in MANAGED_POLICIES, f"{name} has {text(managed)}")

    def boundary_covers(self):
        """What a function's own policy gives is not taken away by the boundary."""
        within = set()
        for name, statement in self.statements():
            if name == "FunctionBoundary":
                for action in as_list(statement["Action"]):
                    within |= {(action, text(resource)) for resource in as_list(statement["Resource"])}
        roles = {f"{name}Role" for name in self.functions}
        for name, statement in self.statements():
            for action in as_list(statement["Action"]) if name in roles else []:
                for resource in as_list(statement["Resource"]):
                    self.expect(
                        (action, text(resource)) in within,
                        f"{name} may {action} on {text(resource)}, which FunctionBoundary forbids",
                    )

    def names_have_the_stack_in_them(self):
        """A second stack in the same account and region does not collide with this one."""
        for name, resource in self.resources.items():
            given = resource.get("Properties", {}).get(NAMES.get(resource["Type"]))
            self.expect(given is None or "AWS::StackName" in text(given), f"{name} has the fixed name {text(given)}")

    def idling_is_cheap(self):
        """A stack that nobody uses costs what docs/cost.md says, and less than the limit."""
        total = 0
        for name, resource in self.resources.items():
            kind = resource["Type"]
            self.expect(kind in IDLE_DOLLARS, f"{name}: nobody has said yet what a {kind} costs if nobody uses it")
            # An alarm over a formula is charged for each metric in it.
            metrics = [each for each in resource.get("Properties", {}).get("Metrics", []) if "MetricStat" in each]
            total += IDLE_DOLLARS.get(kind, 0) * max(1, len(metrics))
        self.expect(total < DOLLARS_OF_AN_IDLE_STACK, f"a stack that nobody uses costs ${total:.2f} a month")
        alarms = len(of_type(self.resources, "AWS::CloudWatch::Alarm"))
        self.expect(f"| {alarms} alarm metrics |" in COST.read_text(), f"docs/cost.md does not reckon with {alarms} alarms")
        print(f"cost: at most ${total:.2f} a month if nobody uses it")

    def everything_is_watched(self):
        """Failures of every function, and letters in every queue, reach an alarm; every alarm reaches its instructions."""
        counted = {
            text(metric_filter["Properties"]["LogGroupName"])
            for metric_filter in of_type(self.resources, "AWS::Logs::MetricFilter").values()
            if metric_filter["Properties"]["MetricTransformations"][0]["MetricName"] == "FunctionFailures"
        }
        for name, function in of_type(self.resources, "AWS::Lambda::Function").items():
            group = function["Properties"]["LoggingConfig"].get("LogGroup")
            area = area_of(function)
            self.expect(group == {"Ref": f"{area.capitalize()}Logs"}, f"{name} does not log to the group of {area}")
            self.expect(text(group) in counted, f"nothing counts failures in the log group of {name}")
        for name, group in of_type(self.resources, "AWS::Logs::LogGroup").items():
            self.expect("RetentionInDays" in group["Properties"], f"{name} keeps logs for ever")

        alarms = of_type(self.resources, "AWS::CloudWatch::Alarm")
        for queue in of_type(self.resources, "AWS::SQS::Queue"):
            dimension = [{"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}]
            watched = any(alarm["Properties"].get("Dimensions") == dimension for alarm in alarms.values())
            self.expect(watched, f"no alarm watches the queue {queue}")

        sections = anchors(RUNBOOK.read_text())
        for name, alarm in alarms.items():
            properties = alarm["Properties"]
            self.expect(properties.get("AlarmActions"), f"{name} tells nobody")
            self.expect("TreatMissingData" in properties, f"{name} does not say what missing data means")
            section = re.search(r"docs/runbook\.md#(\S+)$", properties["AlarmDescription"])
            self.expect(section, f"the description of {name} does not end with its section of docs/runbook.md")
            if section:
                self.expect(section.group(1) in sections, f"docs/runbook.md has no section #{section.group(1)} for {name}")


def anchors(markdown):
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def main():
    logging.disable(logging.WARNING)
    check = Check()
    for promise in (
        check.resources_fit,
        check.handlers_exist,
        check.roles_are_own,
        check.rights_are_narrow,
        check.boundary_covers,
        check.names_have_the_stack_in_them,
        check.idling_is_cheap,
        check.everything_is_watched,
    ):
        promise()
    for problem in check.problems:
        print(f"template.yaml: {problem}", file=sys.stderr)
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main())
