//! A browser without scripts: it keeps cookies, follows links, fills in forms, and reads what is on a page.

use std::collections::BTreeMap;

use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};

use crate::world::World;

/// A browser with cookies of its own.
pub(crate) struct Browser<'world> {
    world: &'world World,
    http: Client,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) language: &'static str,
    source: String,
}

/// A page, as it came.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) address: String,
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) html: String,
}

impl<'world> Browser<'world> {
    pub(crate) fn new(world: &'world World, number: u8) -> Self {
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { world, http, cookies: BTreeMap::new(), language: "en", source: format!("192.0.2.{number}") }
    }

    pub(crate) async fn look(&mut self, address: &str) -> Shown {
        let request = self.request(Method::GET, address);
        self.follow(address, request).await
    }

    /// Fills in the first form of the page that has all these fields, and sends it.
    pub(crate) async fn fill_in(&mut self, page: &Shown, fields: &[(&str, &str)]) -> Shown {
        let guard = page.guard().to_owned();
        let mut fields: Vec<(&str, &str)> = fields.to_vec();
        fields.push(("guard", &guard));
        self.send(&page.address, &fields).await
    }

    /// Sends a form with these fields and no others.
    pub(crate) async fn send(&mut self, address: &str, fields: &[(&str, &str)]) -> Shown {
        let request = self.sending(address, fields);
        self.follow(address, request).await
    }

    pub(crate) fn sending(&self, address: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let encode = |text: &str| {
            text.bytes().fold(String::new(), |encoded, byte| {
                if byte.is_ascii_alphanumeric() {
                    encoded + &char::from(byte).to_string()
                } else {
                    encoded + &format!("%{byte:02X}")
                }
            })
        };
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let media_type = "application/x-www-form-urlencoded";
        self.request(Method::POST, address).header("content-type", media_type).body(body.join("&"))
    }

    pub(crate) fn request(&self, method: Method, address: &str) -> RequestBuilder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        self.http
            .request(method, format!("{}{address}", self.world.cloud.url()))
            .header("local-source", &self.source)
            .header("accept-language", self.language)
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0")
            .header("cookie", cookies.join("; "))
    }

    /// Sends a request and goes wherever its answer leads.
    pub(crate) async fn follow(&mut self, address: &str, request: RequestBuilder) -> Shown {
        let mut shown = self.once(address, request).await;
        for _ in 0..5 {
            let Some(to) = shown.headers.get("location").map(|to| to.to_str().unwrap().to_owned()) else {
                return shown;
            };
            assert_eq!(shown.status, 303, "{shown:?}");
            assert!(to.starts_with('/') && !to.starts_with("//"), "leads elsewhere: {to}");
            let request = self.request(Method::GET, &to);
            shown = self.once(&to, request).await;
        }
        panic!("goes round in circles: {shown:?}");
    }

    pub(crate) async fn once(&mut self, address: &str, request: RequestBuilder) -> Shown {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(cookie.split("; ").any(|part| part == attribute), "{attribute} is missing: {cookie}");
            }
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{cookie}");
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Shown { address: address.to_owned(), status, headers, html: response.text().await.unwrap() }
    }
}

impl Shown {
    #[track_caller]
    pub(crate) fn expect(self, status: u16, title: &str) -> Self {
        assert_eq!((self.status, self.title()), (status, title.to_owned()), "{}", self.html);
        self
    }

    /// An English page with the headers and the markup that keep it from being misused.
    #[track_caller]
    pub(crate) fn assert_protected(&self) {
        let address = &self.address;
        let header = |name: &str| self.headers[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        for part in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{address}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script"), "{policy}");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("strict-transport-security"), "max-age=31536000; includeSubDomains");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert!(!self.says("<script") && !self.says(" style=") && !self.says(" onclick"), "{address}");
        assert!(self.says("<html lang=\"en\"") && self.says("<main id=\"content\""), "{address}");
    }

    pub(crate) fn title(&self) -> String {
        between(&self.html, "<h1>", "</h1>").to_owned()
    }

    #[track_caller]
    pub(crate) fn guard(&self) -> &str {
        between(&self.html, "name=\"guard\" value=\"", "\"")
    }

    pub(crate) fn says(&self, words: &str) -> bool {
        self.html.contains(words)
    }

    /// What is said at a field to be wrong with it, found by what describes the field.
    pub(crate) fn mistake_at(&self, id: &str) -> Option<String> {
        let field = between(&self.html, &format!("id=\"{id}\""), ">");
        let described_by = field.split("aria-describedby=\"").nth(1)?.split('"').next()?;
        let mistake = described_by.split(' ').find(|each| each.ends_with("-mistake"))?;
        assert!(field.contains("aria-invalid=\"true\""), "{field}");
        assert!(self.html.contains(&format!("<a href=\"#{id}\">")), "the summary has no link to {id}");
        Some(between(&self.html, &format!("id=\"{mistake}\">"), "</p>").to_owned())
    }

    /// What stands in a field.
    #[track_caller]
    pub(crate) fn value_of(&self, id: &str) -> String {
        between(between(&self.html, &format!("id=\"{id}\""), ">"), "value=\"", "\"").to_owned()
    }
}

#[track_caller]
fn between<'text>(text: &'text str, before: &str, after: &str) -> &'text str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in:\n{text}"));
    rest.split(after).next().unwrap_or_default()
}
