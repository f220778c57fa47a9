//! The artifact of the area `automation`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(automation::FUNCTIONS)
}
