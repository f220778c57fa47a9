//! The artifact of the area `settings`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(settings::FUNCTIONS)
}
