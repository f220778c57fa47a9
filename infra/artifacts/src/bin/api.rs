//! The artifact of the area `api`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(api::FUNCTIONS)
}
