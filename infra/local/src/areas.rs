//! The areas, all of them linked into this one process.

use runtime::Function;

/// An area: a crate of functions that share an artifact.
#[derive(Clone, Copy)]
pub struct Area {
    /// Its name, the `Binary` in the template.
    pub name: &'static str,
    /// Its functions.
    pub functions: &'static [Function],
}

/// Every area there is.
pub const AREAS: &[Area] = &[
    Area { name: "access", functions: access::FUNCTIONS },
    Area { name: "api", functions: api::FUNCTIONS },
    Area { name: "automation", functions: automation::FUNCTIONS },
    Area { name: "customers", functions: customers::FUNCTIONS },
    Area { name: "employees", functions: employees::FUNCTIONS },
    Area { name: "events", functions: events::FUNCTIONS },
    Area { name: "messaging", functions: messaging::FUNCTIONS },
    Area { name: "pages", functions: pages::FUNCTIONS },
    Area { name: "registration", functions: registration::FUNCTIONS },
    Area { name: "settings", functions: settings::FUNCTIONS },
    Area { name: "staff", functions: staff::FUNCTIONS },
];
