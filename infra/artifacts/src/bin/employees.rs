//! The artifact of the area `employees`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(employees::FUNCTIONS)
}
