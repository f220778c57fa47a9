//! Mails as readers get them.

mod html;
mod locales;
mod post;
mod text;
mod tokens;
