//! The artifact of the area `access`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(access::FUNCTIONS)
}
