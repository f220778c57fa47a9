//! The artifact of the area `staff`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(staff::FUNCTIONS)
}
