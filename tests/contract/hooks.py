"""What schemathesis does not know by itself: how people log in, and what this project promises of every answer.

schemathesis loads this file with schemathesis.toml. Each function with `@schemathesis.check` is shown every answer; run.py names
those that count.
"""

import functools
import itertools
import json
import os
import re
from pathlib import Path

import requests
import schemathesis
from schemathesis.generation.meta import CoverageScenario, coverage_scenario

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text())

# Where the codes of problems and of fields are written down.
ERRORS = (ROOT / "docs" / "http-errors.md").read_text()
PROBLEMS = {(int(status), code) for status, code in re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", ERRORS, re.MULTILINE)}
FIELD_CODES = set(re.findall(r"`([a-z-]+)`", ERRORS.partition("Codes of fields:")[2].partition(". ")[0]))

# Problems that say: the form of the request is wrong.
ILL_FORMED = {"not-json", "too-large", "unsupported-media-type"}

# What may be wrong with a field although the document allows it, because a schema could say it only by an expression that nobody
# would read, or not at all.
BEYOND_SCHEMAS = {
    "common-password",
    "control-character",
    "invisible",
    "not-a-vat-number",
    "not-a-web-address",
    "not-together",
    "only-for-companies",
    "only-for-customers",
    "personal-password",
    "predictable-password",
    "simple-password",
    "unchanged",
}
# What is only known from other answers.
TOLD = {"cursor", "role"}

# What API Gateway says, and the local cloud like it, when no route has the path and the method.
NO_ROUTE = (404, {"message": "Not Found"})


NUMBERS = itertools.count(1)


class Person:
    """Who is asking, if not a stranger. Logs in when there is no session, or a request that changed something may have ended it."""

    log_in = json.loads(os.environ.get("CONTRACT_LOG_IN", "null"))
    token = None

    def get(self, case, context):
        if Person.token is None:
            url, headers = f"{os.environ['CONTRACT_URL']}/v1/sessions", {"Local-Source": source(next(NUMBERS))}
            answer = requests.post(url, json=Person.log_in, headers=headers, timeout=30)
            answer.raise_for_status()
            Person.token = answer.json()["accessToken"]
        return Person.token

    def set(self, case, token, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}


if Person.log_in:
    schemathesis.auth(refresh_interval=None)(Person)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Leaves a case its flaws, and takes from it what would be refused before they are noticed, and before what is good is
    answered: that one source, address or key did so much already, that a company is a person, that an id is nobody's."""
    number = next(NUMBERS)
    headers = {**(case.headers or {}), "Local-Source": source(number)}
    if headers.get("Idempotency-Key") == "0":
        headers["Idempotency-Key"] = str(number)
    case.headers = headers
    if case.path_parameters:
        case.path_parameters = {name: known_id(value) for name, value in case.path_parameters.items()}
    if isinstance(case.body, dict):
        body = dict(case.body)
        if body.get("email") == "ada@example.com":
            body["email"] = f"ada-{number}@example.com"
        if body.get("kind") in ["company", "person"] and isinstance(body.get("company"), dict | None):
            body["kind"] = "company" if body.get("company") else "person"
        case.body = body


@schemathesis.hook
def after_call(context, case, response):
    if Person.log_in and response.request.method != "GET" and succeeded(response):
        Person.token = None
        if isinstance(case.body, dict) and "newPassword" in case.body:
            Person.log_in["password"] = case.body["newPassword"]


@schemathesis.check
def documented_input_is_acceptable(ctx, response, case):
    """What the document allows is not refused for its form: a limit that is enforced is a limit that is written down."""
    if case.meta is None or not case.meta.generation.mode.is_positive or is_other_method(case):
        return
    if media_type(response) != "application/problem+json":
        return
    problem = response.json()
    errors = [error for error in problem.get("errors", []) if not is_beyond_schemas(error, case.body)]
    assert not errors and problem["code"] not in ILL_FORMED, f"docs/openapi.json allows it: {problem['code']} {errors}"


@schemathesis.check
def every_field_is_documented(ctx, response, case):
    """No answer has a field that the document does not name. The document itself leaves open which fields are to come, so that
    clients bear with them; but those that are there today are named today."""
    operation = DOCUMENT["paths"][case.path].get(response.request.method.lower(), {})
    answers = operation.get("responses", {})
    answer = answers.get(str(response.status_code)) or answers.get(f"{response.status_code // 100}XX") or {}
    schema = answer.get("content", {}).get(media_type(response), {}).get("schema")
    if schema:
        unnamed = list(unnamed_fields(schema, response.json()))
        assert not unnamed, f"docs/openapi.json does not name {unnamed}"


@schemathesis.check
def problem_is_documented(ctx, response, case):
    """A problem has a row in docs/http-errors.md, and says of itself what the answer says."""
    if media_type(response) != "application/problem+json":
        return
    problem = response.json()
    fields = {error["code"] for error in problem.get("errors", [])}
    named = (response.status_code, problem["code"])
    assert named in PROBLEMS, f"docs/http-errors.md has no row for {named}"
    assert fields <= FIELD_CODES, f"docs/http-errors.md has no code of fields {fields - FIELD_CODES}"
    assert problem["code"] != "not-json" or not is_json(response.request.body), "the body was JSON"
    assert problem["status"] == response.status_code, "the body names another status"
    assert problem["type"] == f"/problems/{problem['code']}", "type and code differ"
    assert problem["requestId"] == header(response, "X-Request-Id"), "body and header name different requests"
    assert header(response, "Content-Language"), "nothing says which language it is in"


@schemathesis.check
def request_is_named(ctx, response, case):
    """Every answer of a function says under which id the logs know it."""
    assert is_other_method(case) or header(response, "X-Request-Id"), "there is no X-Request-Id"


@schemathesis.check
def other_methods_have_no_route(ctx, response, case):
    """No function answers a method that is not documented, be it for another path of which this one is a case."""
    if is_other_method(case) and not is_documented(response.request.method, response.request.path_url):
        assert (response.status_code, response.json()) == NO_ROUTE, f"expected {NO_ROUTE}"


@schemathesis.check
class note_success:
    """Writes down which operations succeeded at all. It never fails; run.py tells which did not."""

    def __init__(self):
        self.operations = set()

    def after_response(self, ctx, response, case):
        if succeeded(response) and not is_other_method(case):
            self.operations.add(case.operation.definition.raw["operationId"])

    def after_run(self, ctx):
        with open(os.environ["CONTRACT_SUCCEEDED"], "a") as file:
            file.writelines(f"{operation}\n" for operation in sorted(self.operations))


def is_beyond_schemas(error, body):
    """Whether a field was refused for a reason that no schema gives. That text is blank is one: it counts as none."""
    if error["code"] == "unknown":
        return error["field"] in TOLD
    if error["code"] != "required":
        return error["code"] in BEYOND_SCHEMAS
    value = body
    for name in re.findall(r"\w+", error["field"]):
        value = value.get(name) if isinstance(value, dict) else value[int(name)] if isinstance(value, list) else None
    return isinstance(value, str) and value != "" and not value.strip()


def unnamed_fields(schema, value, path=""):
    """The paths of the fields in a value that its schema does not name."""
    fields = named_fields(schema)
    if isinstance(value, list):
        for item in value:
            yield from unnamed_fields(resolved(schema).get("items", {}), item, f"{path}[]")
    elif isinstance(value, dict) and fields is not None:
        for name, part in value.items():
            if name in fields:
                yield from unnamed_fields(fields[name], part, f"{path}.{name}")
            else:
                yield f"{path}.{name}"


def named_fields(schema):
    """The fields of an object with their schemas; none if it has free form."""
    schema = resolved(schema)
    parts = [named_fields(part) for word in ["allOf", "anyOf", "oneOf"] for part in schema.get(word, [])]
    parts += [schema["properties"]] if "properties" in schema else []
    if not parts or None in parts:
        return None
    return {name: part for fields in parts for name, part in fields.items()}


def resolved(schema):
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def source(number):
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def known_id(text):
    """Something that is there, for the id of its kind that schemathesis takes when it is about something else."""
    kind = re.fullmatch(r"([a-z]{3}_)0{32}", str(text))
    return next((known for known in known_ids() if known.startswith(kind[1])), text) if kind else text


@functools.cache
def known_ids():
    return [json.loads(line) for line in (ROOT / "target" / "contract" / "known" / "ids").read_text().splitlines()]


def is_json(body):
    try:
        json.loads(body or b"")
    except ValueError:
        return False
    return True


def is_documented(method, path):
    templates = [template for template, operations in DOCUMENT["paths"].items() if method.lower() in operations]
    return any(re.fullmatch(re.sub(r"\{\w+}", "[^/]+", template), path.partition("?")[0]) for template in templates)


def is_other_method(case):
    """Whether the case tries a method that the document does not have."""
    return coverage_scenario(case) == CoverageScenario.UNSPECIFIED_HTTP_METHOD


def succeeded(response):
    return 200 <= response.status_code < 300


def header(response, name):
    return (response.headers.get(name.lower()) or [""])[0]


def media_type(response):
    return header(response, "Content-Type").partition(";")[0].strip()
