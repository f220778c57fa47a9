//! The artifact of the area `messaging`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(messaging::FUNCTIONS)
}
