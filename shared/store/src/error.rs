//! What goes wrong between here and DynamoDB.

use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use decision::{Fault, Remedy};

/// DynamoDB did not do what was asked, or holds something unexpected.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// DynamoDB refused or did not answer, after all retries. The error code, if there is one, comes first.
    #[error("DynamoDB: {0}")]
    Unavailable(String, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// DynamoDB left this many keys of a batch unprocessed, after all retries.
    #[error("DynamoDB: {0} keys of a batch were left unprocessed")]
    Unprocessed(usize),
    /// An item is not of the form that its kind has.
    #[error("the item is not of the expected form")]
    Malformed(#[from] serde_dynamo::Error),
    /// A request could not even be made.
    #[error("the request is incomplete")]
    Incomplete(#[from] BuildError),
}

impl StoreError {
    pub(crate) fn of<E, R>(error: SdkError<E, R>) -> Self
    where
        E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
        R: std::fmt::Debug + Send + Sync + 'static,
    {
        let code = error.code().unwrap_or("no answer").to_owned();
        Self::Unavailable(code, Box::new(error))
    }
}

/// What an update answers; nothing if its condition does not hold.
pub(crate) fn unless_refused<T>(updated: Result<T, SdkError<UpdateItemError>>) -> Result<Option<T>, StoreError> {
    match updated {
        Ok(updated) => Ok(Some(updated)),
        Err(error) => match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(None),
            _ => Err(StoreError::of(error)),
        },
    }
}

impl Fault for StoreError {
    fn remedy(&self) -> Remedy {
        match self {
            Self::Unavailable(..) | Self::Unprocessed(_) => Remedy::TryLater,
            Self::Malformed(_) | Self::Incomplete(_) => Remedy::None,
        }
    }
}
