//! Whom a function takes for AWS: who has a certificate from Amazon's own authorities, or from those that the operator names.

use std::error::Error;
use std::sync::Arc;

use runtime::Environment;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

const AMAZON_ROOTS: &[u8] = include_bytes!("../roots/amazon.pem");

/// The certificate authorities that are trusted.
pub(crate) enum Trust {
    /// Those of Amazon, which are read when they are needed first.
    Amazon,
    /// Those in the operator's file, which was read at start to tell of mistakes then.
    Named(Arc<RootCertStore>),
}

/// The trust store cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the certificates in {file} cannot be read")]
pub(crate) struct UnreadableCertificates {
    file: String,
    source: Box<dyn Error + Send + Sync>,
}

impl Trust {
    /// What the environment says, or else Amazon's.
    pub(crate) fn of(environment: &Environment) -> Result<Self, UnreadableCertificates> {
        let Some(file) = environment.get("AWS_CA_BUNDLE").or_else(|| environment.get("SSL_CERT_FILE")) else {
            return Ok(Self::Amazon);
        };
        let roots = std::fs::read(file).map_err(Into::into).and_then(|pem| roots(&pem));
        let roots = roots.map_err(|source| UnreadableCertificates { file: file.to_owned(), source })?;
        Ok(Self::Named(Arc::new(roots)))
    }

    /// TLS between a function and AWS.
    pub(crate) fn configuration(&self) -> ClientConfig {
        let roots = match self {
            Self::Amazon => Arc::new(roots(AMAZON_ROOTS).expect("Amazon's certificates are tested")),
            Self::Named(roots) => roots.clone(),
        };
        ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("aws-lc has cipher suites for these versions")
            .with_root_certificates(roots)
            .with_no_client_auth()
    }
}

fn roots(pem: &[u8]) -> Result<RootCertStore, Box<dyn Error + Send + Sync>> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate?)?;
    }
    if roots.is_empty() { Err("there are none".into()) } else { Ok(roots) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_amazons_certificates_are_read() {
        assert_eq!(roots(AMAZON_ROOTS).unwrap().len(), 5);
    }

    #[test]
    fn certificates_that_cannot_be_read_are_not_left_out() {
        assert!(roots(b"").is_err());
        assert!(roots(b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n").is_err());
        assert!(roots(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_err());
    }
}
