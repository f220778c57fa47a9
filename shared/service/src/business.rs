//! How the business shows itself: what administrators set, or else the name that was given when deploying.

use domain_settings::{Business, BusinessSettings};
use runtime::Problem;
use values::Text;

use crate::Service;

impl Service {
    /// What is shown of the business. `name` is the one that was given when deploying.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn business(&self, name: &str) -> Result<BusinessSettings, Problem> {
        if let Some(settings) = self.store.get(BusinessSettings::key_of_current()).await? {
            return Ok(settings);
        }
        let name = Text::parse(name).map_err(Problem::internal)?;
        let business = Business { name, address: Vec::new(), logo_url: None };
        Ok(BusinessSettings { version: 0, business, changed_at: None })
    }
}
