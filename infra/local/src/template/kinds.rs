//! Types of resources of which no property makes a difference here, but for names: alarms ring on AWS alone, log groups fill
//! there. What is known of each is listed all the same. A type or a property that is neither here nor read elsewhere is an
//! error, because a slip of the pen would otherwise drop a resource in silence.

/// A type of resource.
pub(super) struct Kind {
    /// Its properties.
    pub(super) properties: &'static [&'static str],
    /// What `Fn::GetAtt` may ask of it.
    pub(super) attributes: &'static [&'static str],
}

/// What is known of a type of which no property makes a difference.
pub(super) fn find(name: &str) -> Option<Kind> {
    let (properties, attributes): (&[&str], &[&str]) = match name {
        "AWS::ApiGatewayV2::ApiMapping" => (&["ApiId", "ApiMappingKey", "DomainName", "Stage"], &[]),
        "AWS::ApiGatewayV2::DomainName" => {
            (&["DomainName", "DomainNameConfigurations"], &["RegionalDomainName", "RegionalHostedZoneId"])
        }
        "AWS::CertificateManager::Certificate" => (&["DomainName", "DomainValidationOptions", "ValidationMethod"], &[]),
        "AWS::CloudWatch::Alarm" => (&ALARM, &["Arn"]),
        "AWS::CloudWatch::Dashboard" => (&["DashboardBody", "DashboardName"], &[]),
        "AWS::Events::EventBus" => (&["Description", "Name"], &[]),
        "AWS::KMS::Key" => (&["Description", "EnableKeyRotation", "KeyPolicy", "PendingWindowInDays"], &["Arn"]),
        "AWS::Logs::LogGroup" => (&["LogGroupName", "RetentionInDays"], &["Arn"]),
        "AWS::Logs::MetricFilter" => (&["FilterPattern", "LogGroupName", "MetricTransformations"], &[]),
        "AWS::Route53::RecordSet" => (&["AliasTarget", "HostedZoneId", "Name", "ResourceRecords", "TTL", "Type"], &[]),
        "AWS::Route53::RecordSetGroup" => (&["HostedZoneId", "RecordSets"], &[]),
        "AWS::SES::ConfigurationSet" => {
            (&["DeliveryOptions", "Name", "ReputationOptions", "SendingOptions", "SuppressionOptions"], &[])
        }
        "AWS::SES::EmailIdentity" => (&IDENTITY, &TOKENS),
        "AWS::SNS::Subscription" => (&["Endpoint", "Protocol", "TopicArn"], &[]),
        "AWS::SNS::Topic" => (&["KmsMasterKeyId", "TopicName"], &["TopicArn", "TopicName"]),
        "AWS::SQS::Queue" => {
            (&["MessageRetentionPeriod", "QueueName", "SqsManagedSseEnabled", "VisibilityTimeout"], &[])
        }
        "AWS::SQS::QueuePolicy" => (&["PolicyDocument", "Queues"], &[]),
        _ => return None,
    };
    Some(Kind { properties, attributes })
}

const ALARM: [&str; 15] = [
    "AlarmActions",
    "AlarmDescription",
    "AlarmName",
    "ComparisonOperator",
    "DatapointsToAlarm",
    "Dimensions",
    "EvaluationPeriods",
    "MetricName",
    "Metrics",
    "Namespace",
    "OKActions",
    "Period",
    "Statistic",
    "Threshold",
    "TreatMissingData",
];

const IDENTITY: [&str; 6] = [
    "ConfigurationSetAttributes",
    "DkimAttributes",
    "DkimSigningAttributes",
    "EmailIdentity",
    "FeedbackAttributes",
    "MailFromAttributes",
];

const TOKENS: [&str; 6] = [
    "DkimDNSTokenName1",
    "DkimDNSTokenName2",
    "DkimDNSTokenName3",
    "DkimDNSTokenValue1",
    "DkimDNSTokenValue2",
    "DkimDNSTokenValue3",
];
