//! The artifact of the area `customers`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(customers::FUNCTIONS)
}
