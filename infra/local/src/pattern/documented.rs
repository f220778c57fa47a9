//! Patterns and events of the documentation, as facts.

use serde_json::{Value, json};

use super::Pattern;

#[track_caller]
fn check(pattern: &Value, event: &Value, expected: bool) {
    let parsed = Pattern::parse(pattern).unwrap_or_else(|error| panic!("{pattern} is refused: {error}"));
    assert_eq!(parsed.matches(event), expected, "{pattern}\n{event}");
}

/// The patterns of
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html>, each with what matches and what
/// does not.
#[test]
fn each_operator_matches_as_documented() {
    let cases = [
        (json!({"detail": {"eventName": [{"anything-but": "initializing"}]}}), json!("running"), json!("initializing")),
        (
            json!({"detail": {"eventName": [{"anything-but": ["stopped", "overloaded"]}]}}),
            json!("new"),
            json!("stopped"),
        ),
        (json!({"detail": {"eventName": [{"anything-but": 123}]}}), json!(124), json!(123)),
        (json!({"detail": {"eventName": [{"anything-but": [100, 200, 300]}]}}), json!(150), json!(200)),
        (
            json!({"detail": {"eventName": [{"anything-but": {"equals-ignore-case": "initializing"}}]}}),
            json!("x"),
            json!("INITIALIZING"),
        ),
        (
            json!({"detail": {"eventName": [{"anything-but": {"equals-ignore-case": ["a", "b"]}}]}}),
            json!("c"),
            json!("B"),
        ),
        (
            json!({"detail": {"eventName": [{"anything-but": {"prefix": "init"}}]}}),
            json!("running"),
            json!("initializing"),
        ),
        (
            json!({"detail": {"eventName": [{"anything-but": {"prefix": ["init", "error"]}}]}}),
            json!("running"),
            json!("errors"),
        ),
        (json!({"detail": {"eventName": [{"anything-but": {"suffix": ".txt"}}]}}), json!("a.png"), json!("a.txt")),
        (
            json!({"detail": {"eventName": [{"anything-but": {"suffix": [".txt", ".rtf"]}}]}}),
            json!("a.png"),
            json!("a.rtf"),
        ),
        (
            json!({"detail": {"eventName": [{"anything-but": {"wildcard": "*/lib/*"}}]}}),
            json!("usr/bin/x"),
            json!("usr/lib/x"),
        ),
        (
            json!({"detail": {"eventName": [{"anything-but": {"wildcard": ["*/lib/*", "*/bin/*"]}}]}}),
            json!("usr/x"),
            json!("usr/bin/x"),
        ),
        (json!({"detail": {"eventName": [{"prefix": "us-"}]}}), json!("us-east-1"), json!("eu-west-1")),
        (
            json!({"detail": {"eventName": [{"prefix": {"equals-ignore-case": "EventB"}}]}}),
            json!("eventbridge"),
            json!("bridge"),
        ),
        (json!({"detail": {"eventName": [{"suffix": ".png"}]}}), json!("a.png"), json!("a.PNG")),
        (
            json!({"detail": {"eventName": [{"suffix": {"equals-ignore-case": ".png"}}]}}),
            json!("a.PNG"),
            json!("a.gif"),
        ),
        (json!({"detail": {"eventName": [""]}}), json!(""), json!(null)),
        (json!({"detail": {"eventName": [null]}}), json!(null), json!("")),
        (json!({"detail": {"eventName": ["Alice"]}}), json!("Alice"), json!("alice")),
        (json!({"detail": {"eventName": [{"equals-ignore-case": "alice"}]}}), json!("ALICE"), json!("Alic")),
        (json!({"detail": {"eventName": [{"exists": true}]}}), json!(0), json!([])),
        (json!({"detail": {"eventName": [{"exists": false}]}}), json!([]), json!(false)),
        (json!({"detail": {"eventName": [{"numeric": ["=", 100]}]}}), json!(100.0), json!(101)),
        (json!({"detail": {"eventName": [{"numeric": ["=", 301.8]}]}}), json!(3.018e2), json!(301)),
        (json!({"detail": {"eventName": [{"numeric": [">", 10, "<=", 20]}]}}), json!(20), json!(10)),
        (json!({"detail": {"eventName": [{"numeric": ["<", 10]}]}}), json!(9.5), json!("9")),
        (json!({"detail": {"eventName": ["New York", "Boston"]}}), json!("Boston"), json!("Bern")),
        (json!({"detail": {"eventName": [{"cidr": "10.0.0.0/24"}]}}), json!("10.0.0.255"), json!("10.0.1.0")),
        (json!({"detail": {"eventName": [{"cidr": "2001:db8::/32"}]}}), json!("2001:db8:1::1"), json!("10.0.0.1")),
        (json!({"detail": {"eventName": [{"wildcard": "dir/*.png"}]}}), json!("dir/a/b.png"), json!("dir/a.pngx")),
        (json!({"detail": {"eventName": [{"wildcard": "*dir*/*.png"}]}}), json!("mydirs/.png"), json!("dir.png")),
        (json!({"detail": {"eventName": [{"wildcard": "a\\*b\\\\c"}]}}), json!("a*b\\c"), json!("axb\\c")),
    ];
    for (pattern, matching, other) in cases {
        check(&pattern, &json!({"detail": {"eventName": matching}}), true);
        check(&pattern, &json!({"detail": {"eventName": other}}), false);
    }
}

/// `exists` looks at leaves alone, and a field that is not there passes nothing else.
#[test]
fn what_is_not_there_passes_only_the_test_for_absence() {
    check(&json!({"detail": {"state": [{"exists": false}]}}), &json!({"detail": {"other": 1}}), true);
    check(&json!({"detail": {"state": [{"exists": false}]}}), &json!({"source": "x"}), true);
    check(&json!({"detail": {"state": [{"exists": false}]}}), &json!({"detail": {"state": {"inner": 1}}}), true);
    check(&json!({"detail": {"state": [{"exists": true}]}}), &json!({"detail": {"state": {"inner": 1}}}), false);
    check(&json!({"detail": {"state": [{"exists": true}]}}), &json!({"detail": {"state": null}}), true);
    check(&json!({"detail": {"state": [{"anything-but": "x"}]}}), &json!({"detail": {}}), false);
    check(&json!({"detail": {"state": ["open", {"exists": false}]}}), &json!({"detail": {}}), true);
}

/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-complex-example-or>, and
/// nested as the [reference implementation](https://github.com/aws/event-ruler#or-relationship) describes it.
#[test]
fn or_leaves_a_choice_among_fields() {
    let pattern = json!({
        "source": ["aws.cloudwatch"],
        "$or": [
            {"metricName": ["CPUUtilization", "ReadLatency"]},
            {"metricType": ["MetricType"], "namespace": ["AWS/EC2", "AWS/ES"], "$or": [{"metricId": [1234]}, {"spaceId": [1000]}]},
            {"scope": ["Service"]},
        ],
    });
    check(&pattern, &json!({"source": "aws.cloudwatch", "metricName": "ReadLatency"}), true);
    check(
        &pattern,
        &json!({"source": "aws.cloudwatch", "metricType": "MetricType", "namespace": "AWS/ES", "spaceId": 1000}),
        true,
    );
    check(
        &pattern,
        &json!({"source": "aws.cloudwatch", "metricType": "MetricType", "namespace": "AWS/ES", "spaceId": 1}),
        false,
    );
    check(&pattern, &json!({"source": "aws.ec2", "scope": "Service"}), false);

    let ranges = json!({"detail": {"$or": [
        {"c-count": [{"numeric": [">", 0, "<=", 5]}]},
        {"d-count": [{"numeric": ["<", 10]}]},
        {"x-limit": [{"numeric": ["=", 3.018e2]}]},
    ]}});
    check(&ranges, &json!({"detail": {"c-count": 9, "d-count": 9}}), true);
    check(&ranges, &json!({"detail": {"c-count": 0, "d-count": 10, "x-limit": 300}}), false);
}

/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html>, and the
/// [reference implementation](https://github.com/aws/event-ruler#json-array-matching) for objects in lists.
#[test]
fn a_list_matches_by_any_element_and_objects_in_it_as_wholes() {
    let resources = json!({"resources": ["arn:1", "arn:2"], "detail": {"state": "running"}});
    check(&json!({"resources": ["arn:2", "arn:9"]}), &resources, true);
    check(&json!({"resources": [{"prefix": "arn:3"}]}), &resources, false);
    let employees = json!({"employees": [
        [{"firstName": "John", "lastName": "Doe"}, {"firstName": "Anna", "lastName": "Smith"}],
        [{"firstName": "Peter", "lastName": "Jones"}],
    ]});
    check(&json!({"employees": {"firstName": ["Anna"]}}), &employees, true);
    check(&json!({"employees": {"firstName": ["Anna"], "lastName": ["Smith"]}}), &employees, true);
    check(&json!({"employees": {"firstName": ["Anna"], "lastName": ["Jones"]}}), &employees, false);
}

/// A dot in a name is a step of the path, in the [pattern and in the
/// event](https://github.com/aws/event-ruler#caveat-compiled-rules-and-json-keys-with-dots).
#[test]
fn dots_in_names_are_steps() {
    for event in [json!({"detail": {"state": {"status": "running"}}}), json!({"detail": {"state.status": "running"}})] {
        check(&json!({"detail": {"state.status": ["running"]}}), &event, true);
        check(&json!({"detail": {"state": {"status": ["running"]}}}), &event, true);
    }
}

/// Numbers are the same if they are
/// [written the same](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html), but for `numeric`.
#[test]
fn an_integer_does_not_equal_a_fraction() {
    check(&json!({"detail": {"amount": [300]}}), &json!({"detail": {"amount": 300}}), true);
    check(&json!({"detail": {"amount": [300]}}), &json!({"detail": {"amount": 300.0}}), false);
    check(&json!({"detail": {"amount": [300]}}), &json!({"detail": {"amount": "300"}}), false);
}

#[test]
fn what_event_bridge_refuses_is_refused_and_named() {
    let many: Vec<Value> = (0..11).map(|number| json!({"f": [number]})).collect();
    let refused = [
        (json!([]), "it is not an object"),
        (json!({}), "it is an empty object"),
        (json!({"detail": {}}), "`detail` is an empty object"),
        (json!({"source": []}), "`source` is an empty list"),
        (json!({"source": "x"}), "`source` is neither a list nor an object"),
        (json!({"detail": {"a": [["x"]]}}), "`detail.a`: a list cannot hold a list"),
        (json!({"a": [{}]}), "exactly one operator"),
        (json!({"a": [{"prefix": "x", "suffix": "y"}]}), "exactly one operator"),
        (json!({"a": [{"contains": "x"}]}), "there is no operator `contains`"),
        (json!({"a": [{"prefix": 1}]}), "`prefix` takes a text"),
        (json!({"a": [{"prefix": {"wildcard": "x"}}]}), "`prefix` takes a text, or one under `equals-ignore-case`"),
        (json!({"a": [{"equals-ignore-case": ["x"]}]}), "`equals-ignore-case` takes a text"),
        (json!({"a": [{"exists": "yes"}]}), "`exists` takes true or false"),
        (json!({"a": [{"wildcard": "a**b"}]}), "no two `*` in a row"),
        (json!({"a": [{"wildcard": "a\\b"}]}), "a backslash stands before"),
        (json!({"a": [{"wildcard": "a\\"}]}), "a backslash stands before"),
        (json!({"a": [{"numeric": []}]}), "`numeric` takes"),
        (json!({"a": [{"numeric": [">"]}]}), "is not followed by a number"),
        (json!({"a": [{"numeric": ["!=", 1]}]}), "is not one of"),
        (json!({"a": [{"numeric": ["<", 1, ">", 0]}]}), "a range from lower to higher"),
        (json!({"a": [{"numeric": [">", 5, "<", 5]}]}), "a range from lower to higher"),
        (json!({"a": [{"numeric": [">", 1, "<", 2, "<", 3]}]}), "`numeric` takes"),
        (json!({"a": [{"numeric": ["=", 5.1e9]}]}), "from -5.0e9 to 5.0e9"),
        (json!({"a": [{"cidr": "10.0.0.0"}]}), "`cidr` takes"),
        (json!({"a": [{"cidr": "10.0.0.0/32"}]}), "`cidr` takes"),
        (json!({"a": [{"cidr": "2001:db8::/128"}]}), "`cidr` takes"),
        (json!({"a": [{"cidr": "example.com/24"}]}), "`cidr` takes"),
        (json!({"a": [{"anything-but": [1, "x"]}]}), "`anything-but` takes"),
        (json!({"a": [{"anything-but": []}]}), "`anything-but` takes"),
        (json!({"a": [{"anything-but": null}]}), "`anything-but` takes"),
        (json!({"a": [{"anything-but": {"prefix": ""}}]}), "`anything-but` takes"),
        (json!({"a": [{"anything-but": {"prefix": 1}}]}), "`anything-but` takes"),
        (json!({"a": [{"anything-but": {"numeric": ["=", 1]}}]}), "cannot be combined with `numeric`"),
        (json!({"$or": [{"a": ["x"]}]}), "fewer than two objects"),
        (json!({"$or": {"a": ["x"]}}), "`$or` is not a list"),
        (json!({"$or": [{"a": ["x"]}, "b"]}), "not an object"),
        (json!({"$or": [{"a": ["x"]}, {"prefix": ["b"]}]}), "cannot be called `prefix`"),
        (json!({"$or": many, "a": {"$or": many, "b": {"$or": many}}}), "more than 1000 combinations"),
        (json!({"a.b": ["x"], "a": {"b": ["y"]}}), "`a.b` is there twice"),
        (json!({"a": ["x".repeat(2048)]}), "longer than 2048 characters"),
    ];
    for (pattern, expected) in refused {
        let error = Pattern::parse(&pattern).err().unwrap_or_else(|| panic!("{pattern} is accepted"));
        assert!(error.contains(expected), "{pattern}: {error}");
    }
}
