//! The artifact of the area `events`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(events::FUNCTIONS)
}
