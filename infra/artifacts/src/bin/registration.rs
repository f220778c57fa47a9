//! The artifact of the area `registration`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(registration::FUNCTIONS)
}
