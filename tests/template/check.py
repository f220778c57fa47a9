"""Holds the templates, as CloudFormation will see them, against what the project promises of them.

What CloudFormation will see is what SAM's own translator makes of each, with routes.yaml included. A nested template's parameters
stand for what template.yaml passes on, so that rights and names are compared over all stacks. Run by `.ci/template`, which
names a folder for the translated templates.
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

TEMPLATE = ROOT / "template.yaml"

# CloudFormation refuses the 501st resource of a stack, and API Gateway the 301st integration of an HTTP API; neither can be
# raised. What grows on the way there, alarms or permissions, has a hundred resources to grow in.
RESOURCES_OF_A_STACK = 400
INTEGRATIONS_OF_AN_API = 300
RESOURCES_OF_AN_ENDPOINT = 2
FUNCTIONS_TO_FIT = 280

# Lambda's limit for the name of a function, and how long the name of a stack may be for all functions to keep within it.
LENGTH_OF_A_FUNCTION_NAME = 64
LENGTH_OF_A_STACK_NAME = 30

# Rights over everything, or over more than the stack's own things, and why each is there.
BROAD_RIGHTS = {
    ("FunctionBoundary", "dynamodb:ListStreams", "*"): "takes no resource",
    ("FunctionBoundary", "ses:SendEmail", "identity/*"): "the sandbox asks for the recipient's identity; limited by sender",
    ("messaging.DeliverFunctionRole", "ses:SendEmail", "identity/*"): "the sandbox asks for the recipient's identity; limited by sender",
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
    "AWS::CloudFormation::Stack": 0,
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
    if "Globals" in template:
        template["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
    parameters = {name: each["Default"] for name, each in template["Parameters"].items() if "Default" in each}
    return transform(template, parameters, NoManagedPolicies())


def included(value, folder):
    """The value with what `AWS::Include` puts into it."""
    if isinstance(value, dict):
        if "Fn::Transform" in value:
            return yaml_parse((folder / value["Fn::Transform"]["Parameters"]["Location"]).read_text())
        return {key: included(each, folder) for key, each in value.items()}
    return [included(each, folder) for each in value] if isinstance(value, list) else value


def passed_on(value, parameters):
    """The value with the parameters of a nested template replaced by what the root template passes on."""
    if isinstance(value, list):
        return [passed_on(each, parameters) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"} and value["Ref"] in parameters:
        return parameters[value["Ref"]]
    if set(value) == {"Fn::Sub"} and isinstance(value["Fn::Sub"], str):
        return {"Fn::Sub": re.sub(r"\$\{(\w+)\}", lambda name: substituted(name, parameters), value["Fn::Sub"])}
    return {key: passed_on(each, parameters) for key, each in value.items()}


def substituted(name, parameters):
    match parameters.get(name[1]):
        case {"Ref": resource}:
            return f"${{{resource}}}"
        case {"Fn::GetAtt": [resource, attribute]}:
            return f"${{{resource}.{attribute}}}"
        case _:
            return name[0]


def of_type(resources, kind):
    return {name: resource for name, resource in resources.items() if resource["Type"] == kind}


def as_list(value):
    return value if isinstance(value, list) else [value]


def text(value):
    return json.dumps(value, sort_keys=True, default=str)


def area_of(function):
    return function["Metadata"]["BuildProperties"]["Binary"]


class Stack:
    """A template and what is made of it. The root is the one without an area."""

    def __init__(self, path, area=None, parameters=None):
        self.path = path
        self.area = area
        self.template = included(yaml_parse(path.read_text()), path.parent)
        self.translated = translated(self.template)
        self.functions = of_type(self.template["Resources"], "AWS::Serverless::Function")
        self.given = parameters

    def resources(self):
        """The resources by names that are unique over all stacks, with what is passed on in place of parameters."""
        for name, resource in self.translated["Resources"].items():
            yield (f"{self.area}.{name}", passed_on(resource, self.given)) if self.area else (name, resource)

    def cost_of(self, function):
        """The resources that a function makes."""
        without = copy.deepcopy(self.template)
        del without["Resources"][function]
        without.pop("Outputs", None)
        return sorted(set(self.translated["Resources"]) - set(translated(without)["Resources"]))


class Check:
    def __init__(self):
        self.root = Stack(TEMPLATE)
        self.areas = [
            Stack(TEMPLATE.parent / location, Path(location).parent.name, application["Properties"]["Parameters"])
            for application in of_type(self.root.template["Resources"], "AWS::Serverless::Application").values()
            for location in [application["Properties"]["Location"]]
        ]
        self.stacks = [self.root, *self.areas]
        self.resources = {name: resource for stack in self.stacks for name, resource in stack.resources()}
        self.functions = {f"{stack.area}.{name}": function for stack in self.areas for name, function in stack.functions.items()}
        definition = self.root.template["Resources"]["HttpApi"]["Properties"]["DefinitionBody"]
        self.integrations = definition["components"]["x-amazon-apigateway-integrations"]
        self.problems = []

    def expect(self, holds, problem):
        if not holds:
            self.problems.append(problem)

    def write(self, folder):
        """Writes the translated templates to a folder, where they lie as here."""
        for stack in self.stacks:
            path = folder / stack.path.relative_to(ROOT)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(stack.translated, indent=1, default=str))

    def stacks_fit(self):
        """No stack has more resources than fit, nor will any when there are as many functions as the whole product has."""
        growth = FUNCTIONS_TO_FIT / len(self.functions)
        for stack in self.stacks:
            costs = {name: stack.cost_of(name) for name in stack.functions}
            for name, function in stack.functions.items():
                if function["Properties"]["Handler"] in self.integrations:
                    self.expect(
                        len(costs[name]) <= RESOURCES_OF_AN_ENDPOINT,
                        f"{name} makes {len(costs[name])} resources, {RESOURCES_OF_AN_ENDPOINT} at most: {', '.join(costs[name])}",
                    )
            count = len(stack.translated["Resources"])
            # Areas grow as they are, or there are more of them.
            grown = count + math.ceil((growth - 1) * (sum(map(len, costs.values())) or len(self.areas)))
            self.expect(grown <= RESOURCES_OF_A_STACK, f"{stack.path}: {grown} resources, {RESOURCES_OF_A_STACK} at most")
            print(f"resources: {count:3} in {stack.area or 'the root'}, {grown} with {FUNCTIONS_TO_FIT} functions")

    def integrations_fit(self):
        """The HTTP API has as many integrations as functions, and room for those that will be."""
        count = len(self.integrations)
        grown = math.ceil(count * FUNCTIONS_TO_FIT / len(self.functions))
        self.expect(grown <= INTEGRATIONS_OF_AN_API, f"{grown} integrations, {INTEGRATIONS_OF_AN_API} at most")
        print(f"integrations: {count} now, {grown} with {FUNCTIONS_TO_FIT} functions")

    def parameters_are_passed_on(self):
        """A nested stack gets all its parameters, for a default would be taken in silence; and its own name is never meant."""
        for stack in self.areas:
            declared = stack.template["Parameters"]
            for name in declared.keys() ^ stack.given.keys():
                self.expect(False, f"{stack.area}: the parameter {name} is declared or passed on, and not both")
            for name, parameter in declared.items():
                self.expect("Default" not in parameter, f"{stack.area}: the parameter {name} has a default")
            own = "AWS::StackName" in text(stack.template)
            self.expect(not own, f"{stack.area}: AWS::StackName is the nested stack's, ${{Stack}} is meant")

    def handlers_exist(self):
        """A function is named after its handler, its code is where that name says, and the API calls it by that name."""
        handlers = set()
        for name, function in self.functions.items():
            area, logical_id = name.split(".")
            handler = function["Properties"]["Handler"]
            handlers.add(handler)
            expected = "".join(word.capitalize() for word in handler.split("_")) + "Function"
            self.expect(logical_id == expected, f"{name} has the handler {handler}, so it should be called {expected}")
            self.expect(area_of(function) == area, f"{name} is built from {area_of(function)}")
            source = ROOT / "functions" / area / "src" / f"{handler}.rs"
            self.expect(source.is_file(), f"{name} has no {source.relative_to(ROOT)}")
            called = {"Fn::Sub": f"${{Stack}}_http_{handler}"} if handler in self.integrations else None
            given = function["Properties"].get("FunctionName")
            self.expect(given == called, f"{name} should be named {text(called)} and is named {text(given)}")
            length = LENGTH_OF_A_STACK_NAME + len(f"_http_{handler}")
            self.expect(length <= LENGTH_OF_A_FUNCTION_NAME, f"{name} has too long a name in a stack with a long name")
        for handler in self.integrations.keys() - handlers:
            self.expect(False, f"the API asks {handler}, and no template has it")

    def roles_are_own(self):
        """Every function has a role, no two share one, and the boundary is around each."""
        owners = {}
        for name, function in of_type(self.resources, "AWS::Lambda::Function").items():
            role = f"{name.split('.')[0]}.{function['Properties']['Role']['Fn::GetAtt'][0]}"
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
            name.split(".")[0]
            for name, metric_filter in of_type(self.resources, "AWS::Logs::MetricFilter").items()
            if metric_filter["Properties"]["LogGroupName"] == {"Ref": "Logs"}
            and metric_filter["Properties"]["MetricTransformations"][0]["MetricName"] == "FunctionFailures"
            and metric_filter["Properties"]["MetricTransformations"][0]["MetricNamespace"] == {"Ref": "AWS::StackName"}
        }
        for name, function in of_type(self.resources, "AWS::Lambda::Function").items():
            area = name.split(".")[0]
            group = function["Properties"]["LoggingConfig"].get("LogGroup")
            self.expect(group == {"Ref": "Logs"}, f"{name} does not log to the group of {area}")
            self.expect(area in counted, f"nothing counts failures in the log group of {area}")
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
    check.write(Path(sys.argv[1]))
    for promise in (
        check.stacks_fit,
        check.integrations_fit,
        check.parameters_are_passed_on,
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
        print(f"templates: {problem}", file=sys.stderr)
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main())
