"""Holds what people deploy with against template.yaml: the files of parameters, samconfig.toml, the workflows and the runbook.

Run by `.ci/template`. Parameters are read by SAM's own code, so they arrive here as they do at CloudFormation.
"""

import json
import re
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from pathlib import Path

from samcli.cli.types import CfnParameterOverridesType
from samcli.yamlhelper import yaml_parse

ROOT = Path(__file__).resolve().parents[2]
PARAMETERS = ROOT / "parameters.yaml"
RUNBOOK = ROOT / "docs" / "runbook.md"
REQUIREMENTS = ROOT / "tests" / "template" / "requirements.txt"
WORKFLOWS = ROOT / ".github" / "workflows"

# Properties that name a resource to import, by type.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
IDENTIFIERS = {"AWS::DynamoDB::Table": "TableName", "AWS::KMS::Key": "KeyId"}


def given(files):
    """The parameters in files, as SAM reads them; later files win."""
    paths = [file.replace("file://", f"file://{ROOT}/") for file in files]
    return CfnParameterOverridesType().convert(paths, None, None)


def refusal(value, declaration):
    """Why CloudFormation would refuse a value, if it would."""
    if "AllowedValues" in declaration and value not in [str(allowed) for allowed in declaration["AllowedValues"]]:
        return f"is none of {', '.join(map(str, declaration['AllowedValues']))}"
    if "AllowedPattern" in declaration and not re.fullmatch(declaration["AllowedPattern"], value):
        return declaration["ConstraintDescription"]
    if not declaration.get("MinLength", 0) <= len(value) <= declaration.get("MaxLength", 4096):
        return "is too short or too long"
    if declaration["Type"] == "Number" and not value.isdecimal():
        return "is not a number"
    if "MinValue" in declaration and not declaration["MinValue"] <= int(value) <= declaration["MaxValue"]:
        return f"is not between {declaration['MinValue']} and {declaration['MaxValue']}"
    return None


class Check:
    def __init__(self):
        self.template = yaml_parse((ROOT / "template.yaml").read_text())
        self.declared = self.template["Parameters"]
        self.config = tomllib.loads((ROOT / "samconfig.toml").read_text())
        self.environments = {name: commands for name, commands in self.config.items() if name != "version"}
        self.problems = []

    def expect(self, holds, problem):
        if not holds:
            self.problems.append(problem)

    def every_parameter_is_explained(self):
        """parameters.yaml names all parameters, each under a comment, and says which ones have to be filled in."""
        named = list(given(["file://parameters.yaml"]))
        for name in self.declared.keys() - set(named):
            self.expect(False, f"parameters.yaml lacks {name}")
        comments = dict(re.findall(r"((?:^#.*\n)+)(\w+):", PARAMETERS.read_text(), re.MULTILINE))
        comments = {name: comment for comment, name in comments.items()}
        for name in named:
            self.expect(name in self.declared, f"parameters.yaml has {name}, which template.yaml does not")
            self.expect(name in comments, f"parameters.yaml does not say what {name} means")
            required = "Default" not in self.declared.get(name, {"Default": ""})
            marked = comments.get(name, "").startswith("# Required.")
            self.expect(marked == required, f"parameters.yaml says of {name} that it is {'' if marked else 'not '}required")

    def every_parameter_is_shown_in_a_group(self):
        """The console's form, too, has a place for each parameter."""
        groups = self.template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
        shown = [name for group in groups for name in group["Parameters"]]
        self.expect(sorted(shown) == sorted(self.declared), "the groups of parameters in template.yaml are not complete")

    def every_value_is_accepted(self):
        """CloudFormation takes the values of every environment, as soon as the required ones are filled in."""
        for environment, commands in self.environments.items():
            values = given(commands["deploy"]["parameters"]["parameter_overrides"])
            for name, value in values.items():
                declaration = self.declared.get(name)
                self.expect(declaration, f"{environment}: template.yaml has no parameter {name}")
                if declaration and (value or "Default" in declaration):
                    why = refusal(value, declaration)
                    self.expect(why is None, f"{environment}: {name}: '{value}' {why}")

    def nothing_is_asked(self):
        """`sam build && sam deploy` runs through without a question, and builds what it deploys."""
        for environment, commands in self.environments.items():
            build, deploy = (commands[command]["parameters"] for command in ("build", "deploy"))
            for option in ("parameter_overrides", "capabilities"):
                self.expect(option in deploy, f"{environment}: samconfig.toml has no {option}")
            self.expect(deploy.get("resolve_s3"), f"{environment}: nobody says which bucket artifacts go to")
            self.expect(deploy.get("confirm_changeset") is False, f"{environment}: the change set is asked about")
            self.expect("guided" not in deploy, f"{environment}: the guide asks about every function")
            self.expect(
                build.get("parameter_overrides") == deploy.get("parameter_overrides"),
                f"{environment}: build and deploy have other parameters",
            )
        names = [commands["global"]["parameters"]["stack_name"] for commands in self.environments.values()]
        self.expect(len(set(names)) == len(names), "two environments share a stack")

    def the_pipeline_deploys_what_is_configured(self):
        """Every environment is deployed by the pipeline, with the SAM that is tested here."""
        workflows = "".join(workflow.read_text() for workflow in sorted(WORKFLOWS.glob("*.yml")))
        deployed = set(re.findall(r"^ +config-env: ([\w-]+)$", workflows, re.MULTILINE))
        self.expect(deployed == set(self.environments), f"workflows deploy {deployed}, samconfig.toml has {self.environments.keys()}")
        tested = re.search(r"^aws-sam-cli==(\S+)$", REQUIREMENTS.read_text(), re.MULTILINE).group(1)
        for used in re.findall(r"aws-sam-cli==(\S+)", workflows):
            self.expect(used == tested, f"workflows deploy with SAM {used}, tested is {tested}")

    def kept_resources_can_be_imported(self):
        """The runbook's way back to kept tables covers every resource that outlives the stack, and nothing else."""
        kept = {
            name: resource["Type"]
            for name, resource in self.template["Resources"].items()
            if resource.get("DeletionPolicy", "Delete") != "Delete"
        }
        for name, resource in self.template["Resources"].items():
            policies = (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy"))
            wanted = ("RetainExceptOnCreate", "Retain") if name in kept else (None, None)
            self.expect(policies == wanted, f"{name} has the policies {policies}, not {wanted}")

        section = RUNBOOK.read_text().split("## Coming back to kept tables")[1].split("\n## ")[0]
        block = re.search(r"```bash\n( *# The template of what was kept.*?)```", section, re.DOTALL).group(1)
        commands = textwrap.dedent(block)
        with tempfile.TemporaryDirectory() as folder:
            environment = {"PATH": "/usr/bin:/bin", "TABLE": "a", "KEYS_TABLE": "b", "KEY": "c"}
            script = f"set -euo pipefail\ncp {ROOT}/template.yaml .\n{commands}"
            subprocess.run(["bash", "-c", script], cwd=folder, env=environment, check=True)
            template = yaml_parse((Path(folder) / "kept.yaml").read_text())
            imports = json.loads((Path(folder) / "kept.json").read_text())

        found = {name: resource["Type"] for name, resource in template["Resources"].items()}
        self.expect(found == kept, f"the runbook imports {found}, and {kept} are kept")
        for name in kept.keys() & found.keys():
            # An import that fails must not take what it was to save.
            same = template["Resources"][name] == {**self.template["Resources"][name], "DeletionPolicy": "Retain"}
            self.expect(same, f"the runbook imports {name} otherwise than template.yaml has it")
        named = {each["LogicalResourceId"]: (each["ResourceType"], *each["ResourceIdentifier"]) for each in imports}
        expected = {name: (kind, IDENTIFIERS[kind]) for name, kind in kept.items()}
        self.expect(named == expected, f"the runbook identifies {named}, not {expected}")


def main():
    check = Check()
    for promise in (
        check.every_parameter_is_explained,
        check.every_parameter_is_shown_in_a_group,
        check.every_value_is_accepted,
        check.nothing_is_asked,
        check.the_pipeline_deploys_what_is_configured,
        check.kept_resources_can_be_imported,
    ):
        promise()
    for problem in check.problems:
        print(f"deployment: {problem}", file=sys.stderr)
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main())
