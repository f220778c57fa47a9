//! SES: `SendEmail` of API version 2, into the mailbox.
//!
//! What becomes of a mail is told to the default bus, as far as the template's configuration set forwards it. A mail is sent and
//! delivered, unless it goes to one of the addresses with which SES lets senders try the other outcomes, such as
//! `bounce@simulator.amazonses.com` or `bounce+label@simulator.amazonses.com`.

mod quota;
mod rules;

use std::collections::BTreeSet;
use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

pub(crate) use quota::Quota;

use super::{Call, Reply};
use crate::bus::{Bus, DEFAULT, Entry};
use crate::clock::CloudClock;
use crate::faults::Dice;
use crate::mailbox::{Mail, Mailbox};
use crate::policy::Access;
use crate::template::{ACCOUNT, REGION};

/// The domain of the addresses that have an outcome of their own.
const SIMULATOR: &str = "simulator.amazonses.com";

/// SES as the functions see it.
pub(crate) struct Ses {
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) bus: Arc<Bus>,
    pub(crate) clock: CloudClock,
    pub(crate) dice: Arc<Dice>,
    pub(crate) quota: Quota,
    /// The kinds of events that the configuration set forwards.
    pub(crate) events: BTreeSet<String>,
}

impl Ses {
    pub(super) fn answer(&self, call: &Call<'_>) -> Reply {
        let from = call.body["FromEmailAddress"].as_str().unwrap_or_default();
        if let Err(refusal) = permit(call, from) {
            return refusal;
        }
        if self.dice.strike(|faults| faults.ses_failing) {
            return if self.dice.strike(|_| 0.5) { rate_exceeded() } else { failure() };
        }
        let recipients = recipients(&call.body);
        if let Err(sentence) = rules::check(&call.body, from, &recipients) {
            return Reply::error(StatusCode::BAD_REQUEST, "BadRequestException", &sentence);
        }
        if self.dice.strike(|faults| faults.ses_quota_exceeded) {
            return if self.dice.strike(|_| 0.5) { rate_exceeded() } else { quota_exceeded() };
        }
        if !self.quota.take(recipients.len(), self.dice.faults().ses_mails_per_day, self.clock.now()) {
            return quota_exceeded();
        }
        let mail = self.mail(&call.body, from, &recipients);
        let id = mail.id.clone();
        self.mailbox.put(mail);
        self.tell(&call.body, &id, from, &recipients);
        if self.dice.strike(|faults| faults.ses_answer_lost) {
            return failure();
        }
        Reply::ok(&json!({"MessageId": id}))
    }

    fn mail(&self, body: &Value, from: &str, recipients: &[String]) -> Mail {
        let content = &body["Content"]["Simple"];
        let part = |part: &Value| part["Data"].as_str().unwrap_or_default().to_owned();
        Mail {
            id: format!("0100{}-000000", uuid::Uuid::now_v7().simple()),
            from: from.to_owned(),
            to: recipients.join(", "),
            reply_to: addresses(&body["ReplyToAddresses"]).join(", "),
            subject: part(&content["Subject"]),
            text: part(&content["Body"]["Text"]),
            html: part(&content["Body"]["Html"]),
            sent_at: self.clock.now(),
        }
    }

    /// Tells the default bus what becomes of the mail.
    fn tell(&self, body: &Value, id: &str, from: &str, recipients: &[String]) {
        let Some(configuration_set) = body["ConfigurationSetName"].as_str() else { return };
        let mail = json!({
            "timestamp": self.clock.now().to_string(),
            "messageId": id,
            "source": from,
            "sendingAccountId": ACCOUNT,
            "destination": recipients,
            "tags": tags(body, configuration_set),
        });
        for outcome in outcomes(recipients) {
            if self.events.contains(outcome.forwarded_as) {
                self.bus.put(Entry {
                    bus: DEFAULT.to_owned(),
                    source: "aws.ses".to_owned(),
                    detail_type: outcome.detail_type.to_owned(),
                    time: None,
                    resources: vec![format!("arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{configuration_set}")],
                    detail: json!({"eventType": outcome.event_type, "mail": mail, outcome.member: outcome.detail()}),
                });
            }
        }
    }
}

struct Outcome {
    forwarded_as: &'static str,
    event_type: &'static str,
    detail_type: &'static str,
    member: &'static str,
}

const SENT: Outcome = Outcome { forwarded_as: "SEND", event_type: "Send", detail_type: "Email Sent", member: "send" };
const DELIVERED: Outcome =
    Outcome { forwarded_as: "DELIVERY", event_type: "Delivery", detail_type: "Email Delivered", member: "delivery" };
const BOUNCED: Outcome =
    Outcome { forwarded_as: "BOUNCE", event_type: "Bounce", detail_type: "Email Bounced", member: "bounce" };
const COMPLAINED: Outcome = Outcome {
    forwarded_as: "COMPLAINT",
    event_type: "Complaint",
    detail_type: "Email Complaint Received",
    member: "complaint",
};

impl Outcome {
    fn detail(&self) -> Value {
        match self.member {
            "bounce" => json!({"bounceType": "Permanent", "bounceSubType": "General"}),
            "complaint" => json!({"complaintFeedbackType": "abuse"}),
            _ => json!({}),
        }
    }
}

fn outcomes(recipients: &[String]) -> Vec<Outcome> {
    let to = |name: &str| {
        recipients
            .iter()
            .filter_map(|recipient| recipient.split_once('@'))
            .any(|(mailbox, domain)| domain == SIMULATOR && mailbox.split('+').next() == Some(name))
    };
    if to("bounce") {
        vec![SENT, BOUNCED]
    } else if to("complaint") {
        vec![SENT, DELIVERED, COMPLAINED]
    } else {
        vec![SENT, DELIVERED]
    }
}

fn recipients(body: &Value) -> Vec<String> {
    let lists = ["ToAddresses", "CcAddresses", "BccAddresses"];
    lists.iter().flat_map(|list| addresses(&body["Destination"][list])).map(str::to_owned).collect()
}

fn addresses(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn tags(body: &Value, configuration_set: &str) -> Value {
    let mut tags = json!({"ses:configuration-set": [configuration_set]});
    for tag in body["EmailTags"].as_array().into_iter().flatten() {
        if let Some(name) = tag["Name"].as_str() {
            tags[name] = json!([tag["Value"]]);
        }
    }
    tags
}

/// SES asks for the right to the sender's identity, be it the address or its domain, and to the configuration set.
fn permit(call: &Call<'_>, from: &str) -> Result<(), Reply> {
    let address = from.rsplit('<').next().unwrap_or(from).trim_end_matches('>');
    let access = |resource: String| Access {
        action: "ses:SendEmail".to_owned(),
        resource: format!("arn:aws:ses:{REGION}:{ACCOUNT}:{resource}"),
        context: vec![("ses:fromaddress", vec![address.to_owned()])],
    };
    let domain = address.rsplit('@').next().unwrap_or(address);
    let by_domain = access(format!("identity/{domain}"));
    if !call.rights.allow(&by_domain) {
        call.permit(&access(format!("identity/{address}")))?;
    }
    match call.body["ConfigurationSetName"].as_str() {
        Some(name) => call.permit(&access(format!("configuration-set/{name}"))),
        None => Ok(()),
    }
}

/// [How SES answers](https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html) who sends too fast.
fn rate_exceeded() -> Reply {
    Reply::error(StatusCode::TOO_MANY_REQUESTS, "TooManyRequestsException", "Maximum sending rate exceeded.")
}

/// How it answers who has sent too much.
fn quota_exceeded() -> Reply {
    Reply::error(StatusCode::BAD_REQUEST, "LimitExceededException", "Daily message quota exceeded.")
}

fn failure() -> Reply {
    Reply::error(StatusCode::INTERNAL_SERVER_ERROR, "InternalFailure", "the service failed")
}
