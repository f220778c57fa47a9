### Seiten auf Deutsch.

## Was jede Seite hat

skip = Zum Inhalt springen
navigation = Konto
languages = Sprache
terms = AGB
privacy = Datenschutzerklärung
optional = (freiwillig)
start-again = Zurück zum Anfang
# Wird vor dem Titel vorgelesen, wenn an dem, was gesendet wurde, etwas nicht stimmt.
mistake-in-title = Bitte prüfen:
mistakes = Etwas stimmt noch nicht
# $label: the name of the field. $message: what is wrong with it, such as "wird benötigt".
mistake = „{ $label }“ { $message }
start = Wir können diese Seite nicht zeigen

## Felder

kind = Wen registrieren Sie?
person = Mich selbst
company = Ein Unternehmen
name = Name
name-hint = So sprechen wir Sie an. Bei einem Unternehmen: der Name, unter dem es bekannt ist.
email = E-Mail-Adresse
password = Passwort
password-hint = Mindestens 8 Zeichen. Einige Wörter hintereinander lassen sich leicht merken und schwer erraten.
phone = Telefonnummer
phone-hint = Mit Ländervorwahl, zum Beispiel +49{"\u00A0"}30{"\u00A0"}1234567.
legal-name = Eingetragener Name des Unternehmens
registration-number = Registernummer
vat-number = Umsatzsteuer-Identifikationsnummer
vat-number-hint = Mit Länderkürzel, zum Beispiel DE136695976.
contact-name = Ansprechperson
language-for-mail = Sprache, in der wir Ihnen schreiben
promotional-mail = Ja, Sie dürfen mir Angebote und Neuigkeiten per E-Mail senden. Das kann ich jederzeit ändern.

## Wie es weitergeht

to-log-in = Anmelden
to-register = Registrieren
to-resend = Neuen Link senden
to-forgot-password = Passwort vergessen
to-account = Mein Konto

## Registrieren

register = Registrieren
register-button = Registrieren
registered-before = Haben Sie sich schon einmal registriert?
registered = Willkommen! Ihr Konto ist eröffnet. Melden Sie sich mit Ihrer E-Mail-Adresse und Ihrem Passwort an.

## Erwartete E-Mails

check-mail = Sehen Sie in Ihr Postfach
# $email: the address that was typed.
link-mailed = Wir haben eine E-Mail an { $email } gesendet. Folgen Sie dem Link darin, um zu bestätigen, dass die Adresse Ihnen gehört. Es kann ein bis zwei Minuten dauern, bis sie ankommt.
link-mailed-text = Wir haben Ihnen eine E-Mail gesendet. Folgen Sie dem Link darin, um zu bestätigen, dass die Adresse Ihnen gehört. Es kann ein bis zwei Minuten dauern, bis sie ankommt.
mail-missing = Nichts angekommen?
mail-not-there = Sehen Sie auch im Ordner für unerwünschte E-Mails nach, und prüfen Sie die Adresse auf Tippfehler.
resend = Neuen Link anfordern
resend-text = Nennen Sie uns die Adresse, mit der Sie sich registriert haben. Falls sie noch bestätigt werden muss, senden wir Ihnen einen neuen Link.
resend-button = Neuen Link senden
resent = Falls die Adresse noch bestätigt werden muss, ist ein neuer Link unterwegs.
reset-mailed = Falls { $email } zu einem Konto gehört, ist eine E-Mail mit einem Link unterwegs. Damit können Sie innerhalb der nächsten Stunde ein neues Passwort wählen.
reset-mailed-text = Falls die Adresse zu einem Konto gehört, ist eine E-Mail mit einem Link unterwegs. Damit können Sie innerhalb der nächsten Stunde ein neues Passwort wählen.
await-approval = Vielen Dank, Ihre Registrierung ist eingegangen
await-approval-text = Wir prüfen sie nun und schreiben Ihnen, sobald darüber entschieden ist. Danach können Sie sich anmelden.

## Eine Adresse bestätigen

confirm = Bestätigen Sie Ihre E-Mail-Adresse
confirm-text = Bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört.
confirm-button = E-Mail-Adresse bestätigen
confirmed = Ihre E-Mail-Adresse ist bestätigt. Sie können sich jetzt anmelden.
# In einem Browser, in dem nicht registriert wurde.
confirm-password-text = Sie nutzen nicht den Browser, in dem diese Adresse registriert wurde. Damit niemand anderes in Ihrem Namen ein Konto eröffnet, fragen wir nach einem Passwort.
confirm-known-password = Ich habe mich registriert
confirm-new-password = Ich habe mich nicht registriert oder das Passwort vergessen
confirm-new-password-text = Wählen Sie ein eigenes Passwort. Das Passwort aus der Registrierung gilt dann nicht mehr, und alle anderen werden abgemeldet.
confirm-new-password-button = Passwort festlegen und bestätigen
confirmed-with-new-password = Ihre E-Mail-Adresse ist bestätigt und Ihr neues Passwort festgelegt. Sie können sich jetzt damit anmelden.
confirmed-with-new-password-of-company = Ihre E-Mail-Adresse ist bestätigt und Ihr neues Passwort festgelegt. Melden Sie sich damit an, und prüfen Sie unter „Menschen in Ihrem Unternehmen“, wer Zugang hat.

## An- und abmelden

log-in = Anmelden
log-out = Abmelden
log-out-text = Möchten Sie sich auf diesem Gerät abmelden?
logged-out = Sie sind abgemeldet.

## Das Konto

account = Mein Konto
save = Speichern
profile-saved = Ihre Änderungen sind gespeichert.
email-unconfirmed-yet = E-Mail-Adresse (noch nicht bestätigt)

## Was nicht geht, und was stattdessen geht

too-many-requests-text = Zum Schutz der Konten machen wir nach mehreren Versuchen eine Pause. Bitte versuchen Sie es in etwa { $minutes ->
    [1] einer Minute
   *[other] { $minutes } Minuten
} noch einmal.
too-many-requests-seconds = Zum Schutz der Konten machen wir nach mehreren Versuchen eine Pause. Bitte versuchen Sie es in { $seconds ->
    [1] einer Sekunde
   *[other] { $seconds } Sekunden
} noch einmal.
too-many-requests-hours = Zum Schutz der Konten machen wir nach mehreren Versuchen eine Pause. Bitte versuchen Sie es in etwa { $hours } Stunden noch einmal.
internal-text = Das ist unser Fehler, und er ist festgehalten. Bitte versuchen Sie es gleich noch einmal.
invalid-credentials-text = Prüfen Sie beides und versuchen Sie es noch einmal. Falls Sie sich auf einem anderen Gerät registriert und Ihre E-Mail-Adresse noch nicht bestätigt haben, folgen Sie bitte zuerst dem Link in unserer E-Mail.
email-unconfirmed-text = Ihr Passwort stimmt. Bevor Sie sich anmelden können, folgen Sie bitte dem Link in der E-Mail zu Ihrer Registrierung, oder fordern Sie einen neuen an.
link-used-text = Falls Sie es waren, ist alles erledigt, und Sie können weitermachen. Fordern Sie sonst einen neuen Link an.
link-expired-text = Zum Schutz Ihres Kontos gelten Links nur für eine bestimmte Zeit. Fordern Sie einen neuen an; das dauert nur eine Minute.
link-invalid-text = Vielleicht wurde ein Teil davon abgeschnitten. Öffnen Sie ihn noch einmal aus der E-Mail, oder fordern Sie einen neuen an.
stale-version-text = Jemand hat dasselbe geändert, während Sie diese Seite geöffnet hatten. So sieht es jetzt aus.
invalid-text = Bitte prüfen Sie Ihre Angaben und versuchen Sie es noch einmal.
# $number: the id of the request.
request-number = Falls es wieder geschieht, nennen Sie uns bitte diese Nummer: { $number }
foreign-form = Dieses Formular ist veraltet
foreign-form-text = Es wurde nichts geändert. Formulare gelten nur, wenn Sie sie hier geöffnet haben, und nur, bis Sie sich an- oder abmelden. Öffnen Sie die Seite neu und versuchen Sie es noch einmal; Ihr Browser muss dafür Cookies zulassen.
session-over = Sie sind nicht mehr angemeldet. Bitte melden Sie sich neu an.
is-not-right = stimmt nicht
code-not-there = Es kann ein bis zwei Minuten dauern, bis sie ankommt. Sehen Sie auch im Ordner für unerwünschte E-Mails nach.
confirm-expired = Haben Sie sich in den letzten zwei Wochen registriert, dann fordern Sie einen neuen Link an. Ist es länger her, registrieren Sie sich bitte noch einmal.
new-email = Neue E-Mail-Adresse

## Ein neues Gerät

confirm-device = Geben Sie den Code aus unserer E-Mail ein
confirm-device-text = Sie melden sich auf einem Gerät an, das Ihr Konto noch nicht kennt. Damit wir sicher sind, dass Sie es sind, haben wir einen Code an Ihre E-Mail-Adresse gesendet.
code = Code
code-hint = Sechs Ziffern. Der Code gilt zehn Minuten lang.
another-code = Noch einmal anmelden, um einen anderen Code zu erhalten

## Passwörter

forgot-password = Passwort vergessen
forgot-password-text = Das kommt vor. Nennen Sie uns die Adresse, mit der Sie sich anmelden, und wir senden Ihnen einen Link für ein neues Passwort.
forgot-password-button = Link senden
reset-password = Wählen Sie ein neues Passwort
reset-password-text = Danach sind Sie überall abgemeldet und melden sich mit dem neuen Passwort an.
new-password = Neues Passwort
current-password = Ihr jetziges Passwort
set-password = Neues Passwort festlegen
password-set = Ihr neues Passwort ist festgelegt. Sie können sich jetzt damit anmelden. Falls Ihr Konto einem Unternehmen gehört, prüfen Sie danach, wer Zugang hat.
change-password = Passwort ändern
change-password-text = Hier bleiben Sie angemeldet, überall sonst werden Sie abgemeldet.
password-changed = Ihr Passwort ist geändert. Auf allen anderen Geräten sind Sie abgemeldet.

## Eine andere Adresse

change-address = E-Mail-Adresse ändern
change-address-text = Wir senden einen Link an die neue Adresse. Bevor Sie ihm folgen, ändert sich nichts.
change-address-button = Link senden
address-link-mailed = Wir haben eine E-Mail an die neue Adresse gesendet. Folgen Sie dem Link darin; ab dann melden Sie sich mit der neuen Adresse an.
confirm-address = Bestätigen Sie Ihre neue E-Mail-Adresse
confirm-address-text = Ab dann melden Sie sich mit dieser Adresse an und erhalten unsere E-Mails hier. Die alte Adresse wird benachrichtigt.
confirm-address-button = Neue E-Mail-Adresse bestätigen
address-changed = Ihre E-Mail-Adresse ist geändert. Ab jetzt melden Sie sich mit der neuen an.

## Ins Team kommen

accept-invitation = Kommen Sie ins Team
accept-invitation-text = Wählen Sie den Namen, den Kollegen und Kundschaft sehen, und ein Passwort. Danach ist Ihr Konto eröffnet.
accept-invitation-button = Einladung annehmen
invitation-accepted = Willkommen im Team! Melden Sie sich mit der Adresse an, an die die Einladung ging.
invitation-ended = Bitten Sie die Person, die Sie eingeladen hat, um eine neue Einladung.

## Zu einem Unternehmen kommen

join = Kommen Sie zu Ihrem Unternehmen
join-text = Wählen Sie Ihren Namen und ein Passwort. Danach melden Sie sich mit der Adresse an, an die die Einladung ging.
joined = Willkommen! Melden Sie sich mit der Adresse an, an die die Einladung ging.
invitation-to-another-address = Mit dieser Adresse meldet sich schon jemand an. Bitten Sie um eine Einladung an eine andere.

## Sitzungen und Geräte

devices = Geräte und Sitzungen
sessions = Wo Sie angemeldet sind
sessions-text = Falls Sie eine Sitzung nicht erkennen, melden Sie sie ab und ändern Sie Ihr Passwort.
this-session = Hier sind Sie
# $moment: a time in words.
session-since = Angemeldet seit dem { $moment }
end-session = Dort abmelden
end-session-done = Die Sitzung ist beendet.
known-devices = Bekannte Geräte
known-devices-text = Ein bekanntes Gerät meldet sich ohne Code aus einer E-Mail an.
this-device = Dieses Gerät
device-last-seen = Zuletzt angemeldet am { $moment }
device-name = Ihr Name dafür
name-device = Namen speichern
name-device-done = Der Name ist gespeichert.
forget-device = Gerät vergessen
forget-device-done = Das Gerät ist vergessen und abgemeldet.
unnamed-device = Unbekanntes Gerät

## Wie es im Konto weitergeht

security = Sicherheit
to-devices = Geräte und Sitzungen
to-change-password = Passwort ändern
to-change-address = E-Mail-Adresse ändern

## Die Menschen eines Unternehmens

employees = Menschen in Ihrem Unternehmen
employees-text = Diese Personen sehen die Daten Ihres Unternehmens. Wer es verwaltet, entscheidet auch, wer sie außerdem sieht.
company-owner = Inhaberkonto
company-manager = Verwaltung
company-member = Mitglied
employee-invited = Eingeladen
employee-blocked = Gesperrt
# $moment: until when the invitation can be accepted.
invited-until = Die Einladung gilt bis zum { $moment }
make-manager = Zur Verwaltung hinzufügen
make-manager-done = Diese Person verwaltet jetzt mit.
make-member = Zum Mitglied machen
make-member-done = Diese Person ist jetzt Mitglied.
remove-employee = Entfernen
remove-employee-done = Entfernt. Eine Anmeldung ist nicht mehr möglich.
more-employees = Weitere zeigen
invite-employee = Jemanden einladen
invite-employee-text = Wir schicken einen Link. Jede Person wählt ein eigenes Passwort; Ihres müssen Sie nie weitergeben.
invite-once-confirmed = Sobald Ihre E-Mail-Adresse bestätigt ist, können Sie andere einladen. Folgen Sie dazu bitte dem Link in unserer E-Mail.
company-role = Was die Person darf
language-for-invitation = Sprache, in der wir der Person schreiben
invite-employee-button = Einladung senden
invite-employee-done = Die Einladung ist unterwegs.
company-heading = Unternehmen
to-employees = Menschen in Ihrem Unternehmen

## Registrierungen, die warten

registrations = Offene Registrierungen
registrations-text = Die ältesten stehen zuerst. Kreuzen Sie an, welche Sie freigeben oder ablehnen möchten. Wir benachrichtigen die Kunden per E-Mail.
registrations-none = Niemand wartet auf eine Entscheidung.
registrations-no-more = Hier wartet niemand mehr auf eine Entscheidung.
registrations-next = Die nächsten zeigen
registrations-first = Zurück zu den ältesten
customers-shown = Welche Kunden gezeigt werden
customers-all = Alle
customers-people = Personen
customers-companies = Unternehmen
customer = Kunde
customer-person = Person
customer-company = Unternehmen
speaks = Sprache
registered-name = Eingetragener Name
contact-person = Ansprechperson
company-details = Unternehmensdaten
contact = Kontakt
address-proven = Adresse bestätigt
address-unproven = Adresse nicht bestätigt
waiting-since = Wartet seit
waited-briefly = seit weniger als einer Stunde
# $number: how many.
waited-hours = seit { $number ->
    [1] einer Stunde
   *[other] { $number } Stunden
}
waited-days = seit { $number ->
    [1] einem Tag
   *[other] { $number } Tagen
}
selection = Auswahl
# Follows the name of the field, „Auswahl“.
selection-is-empty = ist leer. Kreuzen Sie mindestens eine Registrierung an.
reason = Begründung oder Anmerkung
reason-hint = Sie steht in der E-Mail an alle, die Sie angekreuzt haben, und in deren Verlauf.
approve = Freigeben
reject = Ablehnen
# $name: who registered.
approved = { $name }: freigegeben.
rejected = { $name }: abgelehnt.
decided-otherwise = Nichts geändert wurde bei:
approved-before = { $name }: schon von jemand anderem freigegeben. Es wurde keine zweite E-Mail gesendet.
rejected-before = { $name }: schon von jemand anderem abgelehnt. Es wurde keine zweite E-Mail gesendet.
not-waiting = { $name }: wartet nicht mehr. Jemand anderes hat anders entschieden, oder eine andere Registrierung ist an ihre Stelle getreten.
registration-gone = { $name }: Diese Registrierung gibt es nicht mehr.
not-decided = { $name }: konnte nicht gespeichert werden. Bitte versuchen Sie es noch einmal.
somebody = Unbekannt
staff-heading = Team
to-registrations = Offene Registrierungen

## Zeiten

# $day, $month, $year: numbers. $time: hours and minutes.
moment = { $day }.{ "\u00A0" }{ month } { $year }, { $time }{ "\u00A0" }Uhr{ "\u00A0" }UTC
month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
