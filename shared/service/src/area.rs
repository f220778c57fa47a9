//! What an area consists of, in one list.

/// The endpoints of an area, and its functions that answer events if there are any: what the artifact can run, and what the area adds
/// to the OpenAPI document.
///
/// ```ignore
/// service::area! {
///     endpoints: [
///         get_customer::GetCustomer,
///         get_history::GetHistory,
///     ],
///     functions: [forget_customers::FUNCTION],
/// }
/// ```
#[macro_export]
macro_rules! area {
    (endpoints: [$($endpoint:ty),* $(,)?] $(, functions: [$($function:expr),* $(,)?])? $(,)?) => {
        /// The functions of this area.
        pub const FUNCTIONS: &[$crate::__private::Function] =
            &[$($crate::function::<$endpoint>(),)* $($($function,)*)?];

        /// What this area adds to the OpenAPI document.
        pub struct Api;

        impl $crate::__private::OpenApi for Api {
            fn openapi() -> $crate::__private::Document {
                $crate::openapi::Document::new(env!("CARGO_PKG_NAME"))$(.with::<$endpoint>())*.build()
            }
        }
    };
}
