//! Decides what a function may do, from the statements of its policies, as IAM does.
//!
//! Held against every call of a function, so that a right that is missing shows on the first try on this machine and not on the
//! first try on AWS. Actions, resources, and conditions on texts are decided; the template refuses the rest.

/// One statement of a policy.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Whether it allows or denies.
    pub allows: bool,
    /// The actions it is about, `dynamodb:GetItem`, with `*` and `?`.
    pub actions: Vec<String>,
    /// The ARNs it is about, with `*` and `?`.
    pub resources: Vec<String>,
    /// What must hold besides.
    pub conditions: Vec<Condition>,
}

/// A condition of a statement.
#[derive(Clone, Debug)]
pub struct Condition {
    /// How many values of the call must pass.
    pub quantifier: Quantifier,
    /// How a value is compared.
    pub test: Test,
    /// What is compared, in lower case, e.g. `dynamodb:leadingkeys`.
    pub key: String,
    /// With what.
    pub values: Vec<String>,
}

/// How many values of a call must pass a condition.
#[derive(Clone, Copy, Debug)]
pub enum Quantifier {
    /// The one there is.
    One,
    /// Each; so a call without any passes.
    All,
    /// At least one.
    Any,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// It is one of the values.
    Equals,
    /// It matches one of the values, with `*` and `?`.
    Like,
    /// It is none of the values.
    NotEquals,
    /// It matches none of the values.
    NotLike,
}

/// Something that a function asks to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The action.
    pub action: String,
    /// The ARN it is done to.
    pub resource: String,
    /// What conditions look at: keys in lower case, and their values.
    pub context: Vec<(&'static str, Vec<String>)>,
}

/// Whether the statements allow it: at least one does, and none denies it.
pub fn allows(statements: &[Statement], access: &Access) -> bool {
    let applying = || statements.iter().filter(|statement| statement.applies(access));
    applying().any(|statement| statement.allows) && applying().all(|statement| statement.allows)
}

impl Statement {
    fn applies(&self, access: &Access) -> bool {
        let action = access.action.to_lowercase();
        self.actions.iter().any(|pattern| matches(&pattern.to_lowercase(), &action))
            && self.resources.iter().any(|pattern| matches(pattern, &access.resource))
            && self.conditions.iter().all(|condition| condition.holds(access))
    }
}

impl Condition {
    fn holds(&self, access: &Access) -> bool {
        let values = access.context.iter().find(|(key, _)| *key == self.key).map(|(_, values)| values.as_slice());
        let values = values.unwrap_or_default();
        match self.quantifier {
            Quantifier::All => values.iter().all(|value| self.passes(value)),
            Quantifier::Any => values.iter().any(|value| self.passes(value)),
            Quantifier::One => match values {
                [value] => self.passes(value),
                [] => matches!(self.test, Test::NotEquals | Test::NotLike),
                _ => false,
            },
        }
    }

    fn passes(&self, value: &str) -> bool {
        match self.test {
            Test::Equals => self.values.iter().any(|expected| expected == value),
            Test::Like => self.values.iter().any(|pattern| matches(pattern, value)),
            Test::NotEquals => self.values.iter().all(|expected| expected != value),
            Test::NotLike => self.values.iter().all(|pattern| !matches(pattern, value)),
        }
    }
}

/// Whether a text matches a pattern in which `*` stands for any characters and `?` for one.
pub fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut position) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while position < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, position));
                at += 1;
            }
            Some(expected) if *expected == '?' || *expected == text[position] => {
                at += 1;
                position += 1;
            }
            _ => match star {
                Some((star_at, taken)) => {
                    star = Some((star_at, taken + 1));
                    at = star_at + 1;
                    position = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "arn:aws:dynamodb:eu-central-1:000000000000:table/main";

    fn statement(actions: &[&str], resource: &str, conditions: Vec<Condition>) -> Statement {
        let actions = actions.iter().map(|action| (*action).to_owned()).collect();
        Statement { allows: true, actions, resources: vec![resource.to_owned()], conditions }
    }

    fn access(action: &str, resource: &str, keys: &[&str]) -> Access {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Access {
            action: action.to_owned(),
            resource: resource.to_owned(),
            context: vec![("dynamodb:leadingkeys", keys)],
        }
    }

    fn leading(values: &[&str]) -> Condition {
        Condition {
            quantifier: Quantifier::All,
            test: Test::Like,
            key: "dynamodb:leadingkeys".to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        }
    }

    #[test]
    fn an_action_on_a_resource_must_be_named() {
        let statements = [statement(&["dynamodb:GetItem", "dynamodb:Batch*"], TABLE, vec![])];
        assert!(allows(&statements, &access("dynamodb:GetItem", TABLE, &[])));
        assert!(allows(&statements, &access("dynamodb:BatchGetItem", TABLE, &[])));
        assert!(!allows(&statements, &access("dynamodb:PutItem", TABLE, &[])));
        assert!(!allows(&statements, &access("dynamodb:GetItem", &format!("{TABLE}/index/due"), &[])));
        assert!(!allows(&[], &access("dynamodb:GetItem", TABLE, &[])));
    }

    #[test]
    fn every_leading_key_must_pass() {
        let statements = [statement(&["dynamodb:*"], TABLE, vec![leading(&["ACCOUNT#*", "PUBLIC_KEYS"])])];
        assert!(allows(&statements, &access("dynamodb:GetItem", TABLE, &["ACCOUNT#acc_1", "PUBLIC_KEYS"])));
        assert!(!allows(&statements, &access("dynamodb:GetItem", TABLE, &["ACCOUNT#acc_1", "CUSTOMER#cus_1"])));
        assert!(allows(&statements, &access("dynamodb:Scan", TABLE, &[])));
    }

    #[test]
    fn a_denial_outweighs_every_permission() {
        let mut denial = statement(&["dynamodb:DeleteItem"], "*", vec![]);
        denial.allows = false;
        let statements = [statement(&["dynamodb:*"], "*", vec![]), denial];
        assert!(allows(&statements, &access("dynamodb:GetItem", TABLE, &[])));
        assert!(!allows(&statements, &access("dynamodb:DeleteItem", TABLE, &[])));
    }

    #[test]
    fn a_condition_on_what_the_call_lacks_does_not_hold() {
        let condition = Condition {
            quantifier: Quantifier::One,
            test: Test::Equals,
            key: "ses:fromaddress".to_owned(),
            values: vec!["a@example.com".to_owned()],
        };
        let statements = [statement(&["ses:SendEmail"], "*", vec![condition])];
        assert!(!allows(&statements, &access("ses:SendEmail", "identity", &[])));
    }

    #[test]
    fn stars_match_across_colons_and_back_up() {
        assert!(matches("a*b*c", "a-b-b-c"));
        assert!(matches("*", ""));
        assert!(matches("table/?ain", "table/main"));
        assert!(!matches("a*b", "a-c"));
    }
}
