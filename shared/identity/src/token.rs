//! Tokens derived from ids: the links and codes in mails, refresh tokens and device tokens.
//!
//! A token is `base64url(key number ‖ ids ‖ MAC)`, the MAC the first 16 bytes of an HMAC-SHA-256 over purpose, key number and
//! ids. It is bound to its purpose, carries the ids under which its record is found (so that checking it needs no search), and
//! is stored nowhere: from the table alone nobody can make one. What it trades: 22 characters more than a random token, and a
//! key that must be kept.

use aws_lc_rs::{constant_time, hmac};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use decision::LinkTarget;
use jiff::Timestamp;
use uuid::Uuid;
use values::{AccountId, ChallengeId, DeviceId, SessionId, UniqueId};

use crate::TokenKey;

const MAC_LENGTH: usize = 16;
const CONFIRM_ADDRESS: &str = "confirm-address";
const ACCEPT_INVITATION: &str = "accept-invitation";
const JOIN_COMPANY: &str = "join-company";
const RESET_PASSWORD: &str = "reset-password";
const CHANGE_ADDRESS: &str = "change-address";
const CHALLENGE: &str = "challenge";
const CODE: &str = "code";
const REFRESH: &str = "refresh";
const DEVICE: &str = "device";
const PAGE_SESSION: &str = "page-session";
const FORM: &str = "form";

/// What a refresh token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken {
    /// Who is logged in.
    pub account_id: AccountId,
    /// The session.
    pub session_id: SessionId,
    /// The generation of the session that it refreshes.
    pub generation: u32,
}

/// The keys that derive tokens.
#[derive(Debug, Clone)]
pub struct TokenKeys(Vec<TokenKey>);

impl TokenKeys {
    /// Keys as they are stored; none when there is no key that may be used at this time.
    pub fn new(keys: Vec<TokenKey>, now: Timestamp) -> Option<Self> {
        keys.iter().any(|key| key.derives_from <= now).then_some(Self(keys))
    }

    /// The token of a mailed link.
    pub fn link(&self, target: &LinkTarget, now: Timestamp) -> String {
        match *target {
            LinkTarget::ConfirmAddress { customer_id, account_id, registration_id } => {
                self.derive(CONFIRM_ADDRESS, &ids([customer_id.uuid(), account_id.uuid(), registration_id.uuid()]), now)
            }
            LinkTarget::AcceptInvitation { account_id, invitation_id } => {
                self.derive(ACCEPT_INVITATION, &ids([account_id.uuid(), invitation_id.uuid()]), now)
            }
            LinkTarget::JoinCompany { customer_id, employee_id } => {
                self.derive(JOIN_COMPANY, &ids([customer_id.uuid(), employee_id.uuid()]), now)
            }
            LinkTarget::ResetPassword { account_id, reset_id } => {
                self.derive(RESET_PASSWORD, &ids([account_id.uuid(), reset_id.uuid()]), now)
            }
            LinkTarget::ChangeAddress { account_id, change_id } => {
                self.derive(CHANGE_ADDRESS, &ids([account_id.uuid(), change_id.uuid()]), now)
            }
        }
    }

    /// What a mailed link leads to, if the token was made here and for a link.
    pub fn read_link(&self, token: &str) -> Option<LinkTarget> {
        if let Some([customer, account, registration]) = self.read(CONFIRM_ADDRESS, token).as_deref().and_then(uuids) {
            return Some(LinkTarget::ConfirmAddress {
                customer_id: UniqueId::from_uuid(customer),
                account_id: UniqueId::from_uuid(account),
                registration_id: UniqueId::from_uuid(registration),
            });
        }
        if let Some((account_id, invitation_id)) = self.pair(ACCEPT_INVITATION, token) {
            return Some(LinkTarget::AcceptInvitation { account_id, invitation_id });
        }
        if let Some((customer_id, employee_id)) = self.pair(JOIN_COMPANY, token) {
            return Some(LinkTarget::JoinCompany { customer_id, employee_id });
        }
        if let Some((account_id, reset_id)) = self.pair(RESET_PASSWORD, token) {
            return Some(LinkTarget::ResetPassword { account_id, reset_id });
        }
        let (account_id, change_id) = self.pair(CHANGE_ADDRESS, token)?;
        Some(LinkTarget::ChangeAddress { account_id, change_id })
    }

    /// The token by which a login that waits for its code goes on.
    pub fn challenge(&self, account_id: AccountId, challenge_id: ChallengeId, now: Timestamp) -> String {
        self.derive(CHALLENGE, &ids([account_id.uuid(), challenge_id.uuid()]), now)
    }

    /// The login that a token stands for, if it was made here.
    pub fn read_challenge(&self, token: &str) -> Option<(AccountId, ChallengeId)> {
        self.pair(CHALLENGE, token)
    }

    /// The code of a challenge: six digits.
    pub fn code(&self, account_id: AccountId, challenge_id: ChallengeId, now: Timestamp) -> String {
        code(self.current(now), account_id, challenge_id)
    }

    /// Whether someone typed the code of a challenge that was posed `since`. Spaces do not matter. Compared in constant time.
    pub fn is_code(
        &self,
        typed: &str,
        account_id: AccountId,
        challenge_id: ChallengeId,
        since: Timestamp,
        now: Timestamp,
    ) -> bool {
        let typed: String = typed.chars().filter(|character| !character.is_whitespace()).collect();
        [self.current(since), self.current(now)].into_iter().any(|key| {
            let right = code(key, account_id, challenge_id);
            constant_time::verify_slices_are_equal(typed.as_bytes(), right.as_bytes()).is_ok()
        })
    }

    /// The token that refreshes a session.
    pub fn refresh(&self, token: &RefreshToken, now: Timestamp) -> String {
        let mut body = ids([token.account_id.uuid(), token.session_id.uuid()]);
        body.extend(token.generation.to_be_bytes());
        self.derive(REFRESH, &body, now)
    }

    /// What a refresh token says, if it was made here.
    pub fn read_refresh(&self, token: &str) -> Option<RefreshToken> {
        let body = self.read(REFRESH, token)?;
        let (ids, generation) = body.split_last_chunk()?;
        let [account, session] = uuids(ids)?;
        Some(RefreshToken {
            account_id: UniqueId::from_uuid(account),
            session_id: UniqueId::from_uuid(session),
            generation: u32::from_be_bytes(*generation),
        })
    }

    /// The token by which a device is known again. Once it has logged in, the token names the account besides, so that the next
    /// login finds the device's record without a search. Before, it does not: it must not tell whether an address is known.
    pub fn device(&self, device_id: DeviceId, account_id: Option<AccountId>, now: Timestamp) -> String {
        let account = account_id.map_or(Uuid::nil(), UniqueId::uuid);
        self.derive(DEVICE, &ids([device_id.uuid(), account]), now)
    }

    /// The device that a token stands for, if it was made here, and the account that it logged in to last.
    pub fn read_device(&self, token: &str) -> Option<(DeviceId, Option<AccountId>)> {
        let [device, account] = uuids(&self.read(DEVICE, token)?)?;
        Some((UniqueId::from_uuid(device), (!account.is_nil()).then(|| UniqueId::from_uuid(account))))
    }

    /// The token by which the pages know a session. It works until the session ends, without being exchanged: a browser keeps it
    /// where no script can read it.
    pub fn page_session(&self, account_id: AccountId, session_id: SessionId, now: Timestamp) -> String {
        self.derive(PAGE_SESSION, &ids([account_id.uuid(), session_id.uuid()]), now)
    }

    /// The session that a page's token stands for, if it was made here.
    pub fn read_page_session(&self, token: &str) -> Option<(AccountId, SessionId)> {
        self.pair(PAGE_SESSION, token)
    }

    /// What a form of a page carries, so that no other site can send it: bound to a cookie that other sites cannot read.
    pub fn form_guard(&self, cookie: &str, now: Timestamp) -> String {
        let key = self.current(now);
        let mut bytes = key.number.to_be_bytes().to_vec();
        bytes.extend(mac(key, FORM, cookie.as_bytes()));
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Whether a form was made here, for whoever has the cookie. Compared in constant time.
    pub fn is_form_guard(&self, guard: &str, cookie: &str) -> bool {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(guard).unwrap_or_default();
        let Some((number, found)) = bytes.split_first_chunk() else { return false };
        let key = self.0.iter().find(|key| key.number == u16::from_be_bytes(*number));
        key.is_some_and(|key| constant_time::verify_slices_are_equal(found, &mac(key, FORM, cookie.as_bytes())).is_ok())
    }

    fn pair<First: UniqueId, Second: UniqueId>(&self, purpose: &str, token: &str) -> Option<(First, Second)> {
        let [first, second] = uuids(&self.read(purpose, token)?)?;
        Some((UniqueId::from_uuid(first), UniqueId::from_uuid(second)))
    }

    /// A key for another use, derived from the token key in use, and that key's number.
    pub(crate) fn subkey(&self, purpose: &str, context: &[u8], now: Timestamp) -> (u16, [u8; 32]) {
        let key = self.current(now);
        (key.number, full_mac(key, purpose, context))
    }

    /// The same key again, by number.
    pub(crate) fn subkey_by_number(&self, number: u16, purpose: &str, context: &[u8]) -> Option<[u8; 32]> {
        let key = self.0.iter().find(|key| key.number == number)?;
        Some(full_mac(key, purpose, context))
    }

    fn current(&self, now: Timestamp) -> &TokenKey {
        let in_use = self.0.iter().filter(|key| key.derives_from <= now).max_by_key(|key| key.derives_from);
        in_use.or(self.0.first()).expect("a key ring is made with at least one key in use")
    }

    fn derive(&self, purpose: &str, ids: &[u8], now: Timestamp) -> String {
        let key = self.current(now);
        let mut bytes = key.number.to_be_bytes().to_vec();
        bytes.extend(ids);
        bytes.extend(mac(key, purpose, ids));
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    fn read(&self, purpose: &str, token: &str) -> Option<Vec<u8>> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (number, rest) = bytes.split_first_chunk()?;
        let (ids, found) = rest.split_last_chunk::<MAC_LENGTH>()?;
        let key = self.0.iter().find(|key| key.number == u16::from_be_bytes(*number))?;
        constant_time::verify_slices_are_equal(found, &mac(key, purpose, ids)).ok()?;
        Some(ids.to_vec())
    }
}

fn code(key: &TokenKey, account_id: AccountId, challenge_id: ChallengeId) -> String {
    let mac = full_mac(key, CODE, &ids([account_id.uuid(), challenge_id.uuid()]));
    let number = mac.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    format!("{:06}", number % 1_000_000)
}

fn mac(key: &TokenKey, purpose: &str, ids: &[u8]) -> [u8; MAC_LENGTH] {
    *full_mac(key, purpose, ids).first_chunk().expect("an HMAC-SHA-256 is longer than its first half")
}

fn full_mac(key: &TokenKey, purpose: &str, message: &[u8]) -> [u8; 32] {
    let secret = BASE64_URL_SAFE_NO_PAD.decode(&key.secret).expect("secrets are stored as they were generated");
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &secret));
    context.update(purpose.as_bytes());
    context.update(&[0]);
    context.update(&key.number.to_be_bytes());
    context.update(message);
    context.sign().as_ref().try_into().expect("an HMAC-SHA-256 has 32 bytes")
}

fn ids<const COUNT: usize>(uuids: [Uuid; COUNT]) -> Vec<u8> {
    uuids.iter().flat_map(Uuid::as_bytes).copied().collect()
}

fn uuids<const COUNT: usize>(bytes: &[u8]) -> Option<[Uuid; COUNT]> {
    let uuids: Vec<Uuid> = bytes.chunks(16).map(Uuid::from_slice).collect::<Result<_, _>>().ok()?;
    uuids.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyRing, rotate};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn keys() -> TokenKeys {
        TokenKeys::new(vec![rotate(&KeyRing::default(), NOW).new_token_key.unwrap()], NOW).unwrap()
    }

    fn id<I: UniqueId>(byte: u8) -> I {
        I::from_uuid(Uuid::from_bytes([byte; 16]))
    }

    #[test]
    fn tokens_say_what_they_were_made_of() {
        let keys = keys();
        let link = LinkTarget::ConfirmAddress { customer_id: id(1), account_id: id(2), registration_id: id(3) };
        assert_eq!(keys.read_link(&keys.link(&link, NOW)), Some(link));
        let link = LinkTarget::AcceptInvitation { account_id: id(4), invitation_id: id(5) };
        assert_eq!(keys.read_link(&keys.link(&link, NOW)), Some(link));
        let link = LinkTarget::JoinCompany { customer_id: id(4), employee_id: id(5) };
        assert_eq!(keys.read_link(&keys.link(&link, NOW)), Some(link));
        let refresh = RefreshToken { account_id: id(6), session_id: id(7), generation: 8 };
        assert_eq!(keys.read_refresh(&keys.refresh(&refresh, NOW)), Some(refresh));
        assert_eq!(keys.read_device(&keys.device(id(9), None, NOW)), Some((id(9), None)));
        assert_eq!(keys.read_device(&keys.device(id(9), Some(id(1)), NOW)), Some((id(9), Some(id(1)))));
    }

    #[test]
    fn a_token_serves_its_own_purpose_only() {
        let keys = keys();
        let device = keys.device(id(9), None, NOW);
        assert_eq!(keys.read_link(&device), None);
        assert_eq!(keys.read_refresh(&device), None);
    }

    #[test]
    fn a_changed_character_or_another_key_makes_it_worthless() {
        let (keys, others) = (keys(), self::keys());
        let token = keys.device(id(9), None, NOW);
        for position in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[position] = if changed[position] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(keys.read_device(&changed), None, "{position}");
        }
        assert_eq!(others.read_device(&token), None);
        assert_eq!(keys.read_device(""), None);
    }

    #[test]
    fn a_code_belongs_to_one_challenge_and_forgives_spaces() {
        let keys = keys();
        let code = keys.code(id(1), id(2), NOW);
        assert!(code.len() == 6 && code.chars().all(|character| character.is_ascii_digit()));
        assert!(keys.is_code(&format!(" {} {}", &code[..3], &code[3..]), id(1), id(2), NOW, NOW));
        assert!(!keys.is_code(&code, id(1), id(3), NOW, NOW) || keys.code(id(1), id(3), NOW) == code);
        assert!(!keys.is_code("", id(1), id(2), NOW, NOW));
        let token = keys.challenge(id(1), id(2), NOW);
        assert_eq!(keys.read_challenge(&token), Some((id(1), id(2))));
        assert_eq!(keys.read_link(&token), None);
    }

    #[test]
    fn a_form_belongs_to_one_cookie() {
        let keys = keys();
        let guard = keys.form_guard("cookie", NOW);
        assert!(keys.is_form_guard(&guard, "cookie"));
        for (guard, cookie) in [(guard.as_str(), "another"), (guard.as_str(), ""), ("", "cookie"), ("AAAA", "cookie")] {
            assert!(!keys.is_form_guard(guard, cookie), "{guard} {cookie}");
        }
        let session = keys.page_session(id(1), id(2), NOW);
        assert_eq!(keys.read_page_session(&session), Some((id(1), id(2))));
        assert_eq!(keys.read_challenge(&session), None);
    }
}
