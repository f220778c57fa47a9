//! How the business shows itself: what administrators set, or else the name that was given when deploying.

use domain_settings::{Business, BusinessSettings};
use runtime::Problem;
use values::Text;

use crate::Service;

impl Service {
    /// What is shown of the business.
    ///
    /// # Errors
    /// When it cannot be read, or the function was not given the name that stands for it until somebody sets another.
    pub async fn business(&self) -> Result<BusinessSettings, Problem> {
        if let Some(settings) = self.store.get(BusinessSettings::key_of_current()).await? {
            return Ok(settings);
        }
        let name = self.deployed_name.as_deref().ok_or_else(|| Problem::internal("BUSINESS_NAME is not set"))?;
        let name = Text::parse(name).map_err(Problem::internal)?;
        Ok(BusinessSettings { version: 0, business: Business::named(name), changed_at: None })
    }
}
