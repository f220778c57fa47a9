### Pages in English.

## What every page has

skip = Skip to the content
navigation = Account
languages = Language
terms = Terms and conditions
privacy = Privacy policy
optional = (optional)
start-again = Back to the start
# Read out before the title when something is wrong with what was sent.
mistake-in-title = Please check:
mistakes = Something is not right yet
# $label: the name of the field. $message: what is wrong with it, such as "is required".
mistake = { $label } { $message }
start = We cannot show this page

## Fields

kind = Who are you registering?
person = Myself
company = A company
name = Name
name-hint = The name we should call you by. For a company, the name it is known by.
email = E-mail address
password = Password
password-hint = At least 8 characters. A few words in a row are easy to remember and hard to guess.
phone = Telephone number
phone-hint = With the country code, for example +44{"\u00A0"}20{"\u00A0"}7946{"\u00A0"}0000.
legal-name = Registered name of the company
registration-number = Registration number
vat-number = VAT number
vat-number-hint = With the country code, for example DE136695976.
contact-name = Person we should talk to
language-for-mail = Language we write to you in
promotional-mail = Yes, you may send me offers and news by e-mail. I can change my mind at any time.

## Ways to go on

to-log-in = Log in
to-register = Register
to-resend = Send me a new link
to-forgot-password = Forgot password
to-account = My account

## Registering

register = Register
register-button = Register
registered-before = Have you registered before?
registered = Welcome! Your account is open. Log in with your e-mail address and your password.

## Mail that is awaited

check-mail = Check your mail
# $email: the address that was typed.
link-mailed = We have sent a mail to { $email }. Follow the link in it to confirm that the address is yours. It can take a minute or two to arrive.
link-mailed-text = We have sent you a mail. Follow the link in it to confirm that the address is yours. It can take a minute or two to arrive.
mail-missing = Nothing there?
mail-not-there = Look in the folder for unwanted mail, too, and check that the address has no typing mistake.
resend = Get a new link
resend-text = Tell us the address you registered with. If it still has to be confirmed, we will send you a new link.
resend-button = Send a new link
resent = If the address still has to be confirmed, a new link is on its way.
reset-mailed = If { $email } belongs to an account, a mail with a link is on its way. With it you can choose another password within the next hour.
reset-mailed-text = If the address belongs to an account, a mail with a link is on its way. With it you can choose another password within the next hour.
await-approval = Thank you, we have your registration
await-approval-text = We are looking at it now, and will write to you as soon as it has been decided. After that you can log in.

## Confirming an address

confirm = Confirm your e-mail address
confirm-text = Please confirm that this e-mail address is yours.
confirm-button = Confirm e-mail address
confirmed = Your e-mail address is confirmed. You can log in now.
# In a browser that did not register.
confirm-password-text = You are not using the browser that this address was registered in. So that nobody else can open an account in your name, we ask for a password.
confirm-known-password = I registered
confirm-new-password = I did not register, or have forgotten the password
confirm-new-password-text = Choose a password of your own. The one from the registration then no longer works, and everybody else is logged out.
confirm-new-password-button = Set password and confirm
confirmed-with-new-password = Your e-mail address is confirmed, and your new password is set. You can log in with it now.
confirmed-with-new-password-of-company = Your e-mail address is confirmed, and your new password is set. Log in with it, and check under “People of your company” who has access.

## Logging in and out

log-in = Log in
log-out = Log out
log-out-text = Do you want to log out on this device?
logged-out = You are logged out.

## The account

account = My account
save = Save
profile-saved = Your changes are saved.
email-unconfirmed-yet = E-mail address (not confirmed yet)

## What does not work, and what does

too-many-requests-text = To keep accounts safe, we take a break after several attempts. Please try again in about { $minutes ->
    [1] a minute
   *[other] { $minutes } minutes
}.
too-many-requests-seconds = To keep accounts safe, we take a break after several attempts. Please try again in { $seconds ->
    [1] a second
   *[other] { $seconds } seconds
}.
too-many-requests-hours = To keep accounts safe, we take a break after several attempts. Please try again in about { $hours } hours.
internal-text = That is our fault, and it has been recorded. Please try again in a moment.
invalid-credentials-text = Check both and try again. If you registered on another device and have not confirmed your e-mail address yet, please follow the link in our mail first.
email-unconfirmed-text = Your password is right. Before you can log in, please follow the link in the mail we sent you when you registered, or ask for a new one.
link-used-text = If it was you, everything is done and you can go on. Otherwise ask for a new link.
link-expired-text = Links work for a limited time, to keep your account safe. Ask for a new one; it takes a minute.
link-invalid-text = Perhaps a part of it was cut off. Open it from the mail once more, or ask for a new one.
stale-version-text = Somebody changed the same thing while you had this page open. Here is how it is now.
invalid-text = Please check what you entered and try again.
# $number: the id of the request.
request-number = If it happens again, tell us this number: { $number }
foreign-form = This form is out of date
foreign-form-text = Nothing was changed. Forms work once you have opened them here, and only until you log in or out. Open the page anew and try again; your browser must accept cookies for it.
session-over = You are not logged in any more. Please log in again.
is-not-right = is not right
code-not-there = It can take a minute or two to arrive. Look in the folder for unwanted mail, too.
confirm-expired = If you registered within the last two weeks, ask for a new link. If it is longer ago, please register again.
new-email = New e-mail address

## A new device

confirm-device = Enter the code from our mail
confirm-device-text = You are logging in from a device that your account does not know yet. To be sure it is you, we have sent a code to your e-mail address.
code = Code
code-hint = Six digits. The code works for ten minutes.
another-code = Log in again to get another code

## Passwords

forgot-password = Forgot password
forgot-password-text = It happens. Tell us the address you log in with, and we will send you a link for a new password.
forgot-password-button = Send me a link
reset-password = Choose a new password
reset-password-text = After that you are logged out everywhere and log in with the new password.
new-password = New password
current-password = Current password
set-password = Set new password
password-set = Your new password is set. You can log in with it now. If your account is a company’s, then check who has access to it.
change-password = Change password
change-password-text = You stay logged in here, and are logged out everywhere else.
password-changed = Your password is changed. You are logged out on all other devices.

## Another address

change-address = Change e-mail address
change-address-text = We will send a link to the new address. Nothing changes before you follow it.
change-address-button = Send a link
address-link-mailed = We have sent a mail to the new address. Follow the link in it, and from then on you log in with it.
confirm-address = Confirm your new e-mail address
confirm-address-text = From then on you log in with this address and get our mails here. The old address will be told.
confirm-address-button = Confirm new e-mail address
address-changed = Your e-mail address is changed. From now on you log in with the new one.

## Joining the team

accept-invitation = Join the team
accept-invitation-text = Choose the name your colleagues and customers see, and a password. Your account is open after that.
accept-invitation-button = Accept invitation
invitation-accepted = Welcome to the team! Log in with the address the invitation was sent to.
invitation-ended = Ask whoever invited you for a new invitation.

## Joining a company

join = Join your company
join-text = Choose your name and a password. After that you log in with the address the invitation was sent to.
joined = Welcome! Log in with the address the invitation was sent to.
invitation-to-another-address = Somebody logs in with this address already. Ask for an invitation to another one.

## Sessions and devices

devices = Devices and sessions
sessions = Where you are logged in
sessions-text = If you do not recognise one of them, log it out and change your password.
this-session = You are here
# $moment: a time in words.
session-since = Logged in since { $moment }
end-session = Log out there
end-session-done = That session is over.
known-devices = Devices we know
known-devices-text = A known device logs in without a code from a mail.
this-device = This device
device-last-seen = Last logged in on { $moment }
device-name = Your name for it
name-device = Save name
name-device-done = The name is saved.
forget-device = Forget device
forget-device-done = The device is forgotten and logged out.
unnamed-device = Unknown device

## The account's ways to go on

security = Security
to-devices = Devices and sessions
to-change-password = Change password
to-change-address = Change e-mail address

## The people of a company

employees = People of your company
employees-text = They see your company’s record. Managers also decide who does.
company-owner = Owner
company-manager = Manager
company-member = Member
employee-invited = Invited
employee-blocked = Blocked
# $moment: until when the invitation can be accepted.
invited-until = The invitation works until { $moment }
make-manager = Make a manager
make-manager-done = They are a manager now.
make-member = Make a member
make-member-done = They are a member now.
remove-employee = Remove
remove-employee-done = Removed. They cannot log in any more.
more-employees = Show more
invite-employee = Invite somebody
invite-employee-text = We send them a link. They choose a password of their own, so you never have to share yours.
invite-once-confirmed = You can invite people once your e-mail address is confirmed. Please follow the link in the mail we sent you.
company-role = What they may do
language-for-invitation = Language we write to them in
invite-employee-button = Send invitation
invite-employee-done = The invitation is on its way.
company-heading = Company
to-employees = People of your company

## Registrations that wait

registrations = Pending registrations
registrations-text = The oldest come first. Tick those you want to approve or reject. We tell the customers by mail.
registrations-none = Nobody is waiting for a decision.
registrations-no-more = Nobody else is waiting for a decision here.
registrations-next = Show the next ones
registrations-first = Back to the oldest
customers-shown = Which customers are shown
customers-all = All
customers-people = People
customers-companies = Companies
customer = Customer
customer-person = Person
customer-company = Company
speaks = Language
registered-name = Registered name
contact-person = Contact person
company-details = Company details
contact = Contact
address-proven = Address confirmed
address-unproven = Address not confirmed
waiting-since = Waiting since
waited-briefly = for less than an hour
# $number: how many.
waited-hours = for { $number ->
    [1] one hour
   *[other] { $number } hours
}
waited-days = for { $number ->
    [1] one day
   *[other] { $number } days
}
selection = Selection
# Follows the name of the field, “Selection”.
selection-is-empty = is empty. Tick at least one registration.
reason = Reason or note
reason-hint = It goes into the mail to everybody you ticked, and into their history.
approve = Approve
reject = Reject
# $name: who registered.
approved = { $name }: approved.
rejected = { $name }: rejected.
decided-otherwise = Nothing was changed for:
approved-before = { $name }: a colleague had already approved. No second mail was sent.
rejected-before = { $name }: a colleague had already rejected. No second mail was sent.
not-waiting = { $name }: no longer waiting. A colleague has decided otherwise, or another registration has taken its place.
registration-gone = { $name }: this registration no longer exists.
not-decided = { $name }: could not be saved. Please try again.
somebody = Unknown
staff-heading = Staff
to-registrations = Pending registrations

## Times

# $day, $month, $year: numbers. $time: hours and minutes.
moment = { $day }{ "\u00A0" }{ month } { $year }, { $time }{ "\u00A0" }UTC
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
