"""Holds the API against its OpenAPI document: starts a local cloud, lets people into it by the API, and has schemathesis ask
in the name of each. Run by `.ci/contract`, whose head says what is checked.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import requests
import schemathesis

import hooks  # noqa: F401, its checks are for the answers here as well

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "tests" / "contract" / "schemathesis.toml"
DOCUMENT = ROOT / "docs" / "openapi.json"
WORK = ROOT / "target" / "contract"
KNOWN = WORK / "known"
SUCCEEDED = WORK / "succeeded"
LOG = WORK / "cloud.log"

SEED = os.environ.get("CONTRACT_SEED", "1")
# How many cases are drawn for one person, shared among the operations, so that the API can grow and the run does not.
CASES = int(os.environ.get("CONTRACT_CASES", "1000"))
FEWEST_CASES_OF_AN_OPERATION = 10
# A person's run takes about half a minute. One that takes ten is stuck.
SECONDS_OF_A_RUN = 600

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "ignored_auth",
    "documented_input_is_acceptable",
    "every_field_is_documented",
    "problem_is_documented",
    "request_is_named",
    "other_methods_have_no_route",
    "note_success",
]

PASSWORD = "correct horse battery"
ADMINISTRATOR = "administrator@example.com"
COLLEAGUE = "colleague@example.com"
CUSTOMER = "customer@example.com"
# Their passwords and tokens are known to the stranger.
ANOTHER_CUSTOMER = "another@example.com"
FORGETFUL_CUSTOMER = "forgetful@example.com"
NEW_ADDRESS = "new@example.com"
OWNER = "owner@example.com"
EMPLOYEES = [f"employee-{number}@example.com" for number in range(6)]
UNCONFIRMED = [f"unconfirmed-{number}@example.com" for number in range(8)]
WAITING = [f"waiting-{number}@example.com" for number in range(3)]


def main(program):
    document = json.loads(DOCUMENT.read_text())
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    for_everybody = [operation["operationId"] for operation in operations]
    for_those_logged_in = [operation["operationId"] for operation in operations if operation.get("security")]
    shutil.rmtree(KNOWN, ignore_errors=True)
    KNOWN.mkdir(parents=True)
    SUCCEEDED.write_text("")
    with cloud(program) as url:
        log_ins = let_people_in(url)
        went_well = [
            ask("a stranger", url, for_everybody),
            ask("a customer", url, for_those_logged_in, log_ins[CUSTOMER]),
            ask("a company", url, for_those_logged_in, log_ins[OWNER]),
            # The one who can change what all others meet comes last.
            ask("an administrator", url, for_those_logged_in, log_ins[ADMINISTRATOR]),
        ]
    never = sorted(set(for_everybody) - set(SUCCEEDED.read_text().split()))
    if never:
        print(f"\nNever answered with success, because the cases lack something that must be there: {', '.join(never)}.")
    if not all(went_well):
        errors = [line for line in LOG.read_text().splitlines() if "ERROR" in line]
        print("\nErrors in the log of the cloud:", *(errors[:50] or ["none"]), sep="\n", flush=True)
        sys.exit("The API and docs/openapi.json differ: each failure above ends with the request that shows it.")


@contextmanager
def cloud(program):
    """A local cloud that keeps nothing; its URL."""
    command = [program, "--in-memory", "--port", "0", "--administrator", ADMINISTRATOR]
    with LOG.open("w") as log:
        running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        addresses = (line.split()[1] for line in running.stdout if line.split()[:1] == ["API"])
        url = next(addresses, None) or sys.exit(f"The cloud did not start.\n{LOG.read_text()}")
        requests.get(f"{url}/v1/health", timeout=30).raise_for_status()
        yield url
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)


class Api:
    """The API as people use it who mean well."""

    def __init__(self, url):
        self.url = url
        self.document = schemathesis.openapi.from_path(str(DOCUMENT))
        self.links = []
        self.devices = {}

    def call(self, operation, body=None, token=None, path=None, query=None, **headers):
        """Makes a request, holds the answer against the document, and returns it if it is a success."""
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        parts = {"path_parameters": path or {}, "query": query or {}} | ({"body": body} if body else {})
        if "body" in parts:
            # A PATCH takes its body as a merge patch as well.
            parts["media_type"] = "application/json"
        case = self.document.find_operation_by_id(operation).Case(**parts)
        answer = case.call_and_validate(base_url=self.url, headers=headers)
        if not 200 <= answer.status_code < 300:
            sys.exit(f"{operation} was answered with {answer.status_code}: {answer.text}")
        with SUCCEEDED.open("a") as file:
            file.write(f"{operation}\n")
        return answer.json() if answer.content else None

    def register(self, address, **more):
        profile = {"kind": "person", "name": "Ada Lovelace", "language": "en", "promotionalMail": False}
        registered = self.call("register", {**profile, **more, "email": address, "password": PASSWORD})
        self.devices[address] = registered["deviceToken"]

    def confirm(self, address):
        self.call("confirm", {"token": self.mailed_link(address), "deviceToken": self.devices[address]})

    def log_in(self, address):
        return self.call("log_in", {"email": address, "password": PASSWORD})

    def mailed_link(self, address):
        """The token of a link that nobody asked for here before."""
        link = self.mailed(address, r"token=([\w-]+)", besides=self.links)
        self.links.append(link)
        return link

    def mailed(self, address, pattern, besides=()):
        """What matches in a mail to the address, once it has come."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            mailbox = requests.get(f"{self.url}/_local/mailbox", headers={"Accept": "application/json"}, timeout=30)
            for mail in mailbox.json()["messages"]:
                found = re.search(pattern, mail["text"])
                if mail["to"] == address and found and found[1] not in besides:
                    return found[1]
            time.sleep(0.1)
        sys.exit(f"No mail to {address} has {pattern}.")


def let_people_in(url):
    """Has people do what it takes to get in and what leads elsewhere only by a mail, and writes down what good input is made of.
    Returns what those who are asked for log in with."""
    api = Api(url)
    api.call("accept_invitation", {"token": api.mailed_link(ADMINISTRATOR), "name": "Grace Hopper", "password": PASSWORD})
    for address in [CUSTOMER, ANOTHER_CUSTOMER, FORGETFUL_CUSTOMER]:
        api.register(address)
        api.confirm(address)
    api.register(OWNER, kind="company", company={"legalName": "Analytical Engines", "contactName": "Ada Lovelace"})
    api.confirm(OWNER)
    people = [CUSTOMER, ANOTHER_CUSTOMER, OWNER, ADMINISTRATOR]
    sessions = {address: api.log_in(address) for address in people}
    tokens = {address: session["accessToken"] for address, session in sessions.items()}

    # While registrations wait for a decision, and an unknown device for a code.
    policy = api.call("get_registration_settings", token=tokens[ADMINISTRATOR])
    strict = {**policy, "adminApproval": "all", "confirmDeviceChange": True}
    api.call("put_registration_settings", strict, tokens[ADMINISTRATOR], **{"If-Match": '"0"'})
    for address in WAITING:
        api.register(address)
        api.confirm(address)
    waiting = api.call("list_registrations", None, tokens[ADMINISTRATOR], query={"state": "awaiting-approval"})["items"]
    decision = {"decision": "approve", "ids": [registration["id"] for registration in waiting[1:]]}
    api.call("decide_registrations", decision, tokens[ADMINISTRATOR])
    challenge = api.log_in(ANOTHER_CUSTOMER)["challengeId"]
    code = api.mailed(ANOTHER_CUSTOMER, r"\b(\d{3} ?\d{3})\b")
    api.call("confirm_device", {"challengeId": challenge, "code": code})
    api.call("put_registration_settings", policy, tokens[ADMINISTRATOR], **{"If-Match": '"1"'})

    api.call("forgot_password", {"email": FORGETFUL_CUSTOMER})
    api.call("reset_password", {"token": api.mailed_link(FORGETFUL_CUSTOMER), "password": PASSWORD})
    moving = api.log_in(FORGETFUL_CUSTOMER)["accessToken"]
    api.call("change_address", {"email": NEW_ADDRESS, "password": PASSWORD}, moving)
    api.call("confirm_address", {"token": api.mailed_link(NEW_ADDRESS)})
    moved = api.log_in(NEW_ADDRESS)["accessToken"]
    api.call("change_password", {"currentPassword": PASSWORD, "newPassword": f"another {PASSWORD}"}, moved)

    roles = [role["name"] for role in api.call("list_roles", token=tokens[ADMINISTRATOR])["items"]]
    api.call("create_role", {"name": "night-shift", "permissions": ["see-customers"]}, tokens[ADMINISTRATOR])
    night_shift = {"token": tokens[ADMINISTRATOR], "path": {"name": "night-shift"}, "If-Match": "*"}
    api.call("change_permissions", {"permissions": []}, **night_shift)
    api.call("delete_role", **night_shift)
    invitation = {"email": COLLEAGUE, "role": roles[-1], "language": "en"}
    api.call("invite_staff", invitation, tokens[ADMINISTRATOR])
    api.call("accept_invitation", {"token": api.mailed_link(COLLEAGUE), "name": "Alan Turing", "password": PASSWORD})
    colleague = {"id": api.call("me", token=api.log_in(COLLEAGUE)["accessToken"])["accountId"]}
    api.call("change_role", {"role": roles[0]}, tokens[ADMINISTRATOR], path=colleague)
    api.call("deactivate_staff", None, tokens[ADMINISTRATOR], path=colleague)
    api.call("reactivate_staff", None, tokens[ADMINISTRATOR], path=colleague)

    company = {"id": api.call("me", token=tokens[OWNER])["customerId"]}
    employees = []
    for address in EMPLOYEES:
        invitation = {"email": address, "role": "member", "language": "en"}
        employees.append(api.call("invite_employee", invitation, tokens[OWNER], path=company)["id"])
    joining = {"token": api.mailed_link(EMPLOYEES[0]), "name": "Charles Babbage", "password": PASSWORD}
    api.call("join_company", joining)
    api.call("list_employees", token=tokens[OWNER], path=company)
    api.call("change_employee_role", {"role": "manager"}, tokens[OWNER], path={**company, "employeeId": employees[0]})
    api.call("remove_employee", None, tokens[OWNER], path={**company, "employeeId": employees[0]})

    used_links = api.links[:]
    for address in UNCONFIRMED:
        api.register(address)
    open_links = [api.mailed_link(address) for address in [*UNCONFIRMED, *EMPLOYEES[1:4]]]
    write_down("links", open_links + used_links[::4])
    write_down("addresses", [ANOTHER_CUSTOMER, UNCONFIRMED[0]])
    write_down("passwords", [PASSWORD])
    write_down("refresh-tokens", [api.log_in(ANOTHER_CUSTOMER)["refreshToken"] for _ in range(4)])
    accounts = {address: api.call("me", token=tokens[address]) for address in people}
    customers = [accounts[address]["customerId"] for address in [CUSTOMER, ANOTHER_CUSTOMER, OWNER]]
    write_down("ids", [*customers, accounts[ANOTHER_CUSTOMER]["accountId"], colleague["id"], *employees[1:]])
    write_down("roles", roles)
    for address in people:
        # Not the session and the device that the person goes on with.
        [needless] = [
            session
            for session in api.call("list_sessions", token=api.log_in(address)["accessToken"])["items"]
            if session["current"]
        ]
        write_down("ids", [needless["id"], needless["deviceId"]])
    history = api.call("get_history", token=tokens[CUSTOMER], path={"id": customers[0]})
    write_down("events", [event["id"] for event in history["items"]])
    return {
        address: {"email": address, "password": PASSWORD, "deviceToken": session["deviceToken"]}
        for address, session in sessions.items()
    }


def write_down(name, values):
    with (KNOWN / name).open("a") as file:
        file.writelines(f"{json.dumps(value)}\n" for value in values)


def ask(who, url, operations, log_in=None):
    """Has schemathesis ask in somebody's name; whether all went well."""
    print(f"\n── as {who}", flush=True)
    environment = {**os.environ, "CONTRACT_URL": url, "CONTRACT_SUCCEEDED": str(SUCCEEDED)}
    if log_in:
        environment["CONTRACT_LOG_IN"] = json.dumps(log_in)
    cases = max(CASES // len(operations), FEWEST_CASES_OF_AN_OPERATION)
    command = [Path(sys.executable).with_name("schemathesis"), "--config-file", CONFIGURATION, "run", DOCUMENT]
    command += ["--url", url, "--seed", SEED, "--max-examples", cases, "--checks", ",".join(CHECKS)]
    command += ["--generation-database", "none", "--warnings", "off"]
    command += [part for operation in operations for part in ["--include-operation-id", operation]]
    succeeded_before = SUCCEEDED.read_text()
    try:
        ended = subprocess.run(
            [str(part) for part in command], cwd=ROOT, env=environment, timeout=SECONDS_OF_A_RUN, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"It did not end within {SECONDS_OF_A_RUN} seconds.")
        return False
    if SUCCEEDED.read_text() == succeeded_before:
        print("Nothing was answered with success, so little was checked.")
        return False
    return ended.returncode == 0


main(sys.argv[1])
