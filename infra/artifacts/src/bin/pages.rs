//! The artifact of the area `pages`: every function of it, one of which `_HANDLER` names.

fn main() -> Result<(), runtime::Error> {
    runtime::run(pages::FUNCTIONS)
}
