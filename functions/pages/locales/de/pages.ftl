### Seiten auf Deutsch.

## Was jede Seite hat

skip = Zum Inhalt springen
navigation = Konto
languages = Sprache
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
phone-hint = Mit Ländervorwahl, zum Beispiel +49 30 1234567.
legal-name = Eingetragener Name des Unternehmens
registration-number = Registernummer
vat-number = Umsatzsteuer-Identifikationsnummer
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
confirm-text = Ein Klick, und wir wissen, dass diese E-Mail-Adresse Ihnen gehört.
confirm-button = E-Mail-Adresse bestätigen
confirmed = Ihre E-Mail-Adresse ist bestätigt. Sie können sich jetzt anmelden.

## An- und abmelden

log-in = Anmelden
log-out = Abmelden
log-out-text = Möchten Sie sich auf diesem Gerät abmelden?
logged-out = Sie sind abgemeldet.

## Das Konto

account = Mein Konto

## Was nicht geht, und was stattdessen geht

too-many-requests-text = Zum Schutz der Konten machen wir nach mehreren Versuchen eine Pause. Bitte versuchen Sie es in etwa { $minutes ->
    [1] einer Minute
   *[other] { $minutes } Minuten
} noch einmal.
too-many-requests-seconds = Zum Schutz der Konten machen wir nach mehreren Versuchen eine Pause. Bitte versuchen Sie es in { $seconds ->
    [1] einer Sekunde
   *[other] { $seconds } Sekunden
} noch einmal.
internal-text = Das ist unser Fehler, und er ist festgehalten. Bitte versuchen Sie es gleich noch einmal.
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
