### Pages en français.

## Ce que chaque page comporte

skip = Aller au contenu
navigation = Compte
languages = Langue
terms = Conditions générales
privacy = Politique de confidentialité
optional = (facultatif)
start-again = Revenir au début
# Lu avant le titre lorsque quelque chose ne va pas dans ce qui a été envoyé.
mistake-in-title = À vérifier{ "\u00A0" }:
mistakes = Quelque chose ne va pas encore
# $label: the name of the field. $message: what is wrong with it, such as "est obligatoire".
mistake = «{ "\u00A0" }{ $label }{ "\u00A0" }» { $message }
start = Nous ne pouvons pas afficher cette page

## Champs

kind = Qui inscrivez-vous{ "\u00A0" }?
person = Moi-même
company = Une entreprise
name = Nom
name-hint = Le nom par lequel nous nous adressons à vous. Pour une entreprise, le nom sous lequel elle est connue.
email = Adresse e-mail
password = Mot de passe
password-hint = Au moins 8 caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.
phone = Numéro de téléphone
phone-hint = Avec l’indicatif du pays, par exemple +33{"\u00A0"}1{"\u00A0"}23{"\u00A0"}45{"\u00A0"}67{"\u00A0"}89.
legal-name = Dénomination sociale
registration-number = Numéro d’immatriculation
vat-number = Numéro de TVA
vat-number-hint = Avec le code pays, par exemple FR40303265045.
contact-name = Personne à contacter
language-for-mail = Langue dans laquelle nous vous écrivons
promotional-mail = Oui, vous pouvez m’envoyer des offres et des nouvelles par e-mail. Je peux changer d’avis à tout moment.

## Pour continuer

to-log-in = Se connecter
to-register = S’inscrire
to-resend = Recevoir un nouveau lien
to-forgot-password = Mot de passe oublié
to-account = Mon compte

## Inscription

register = Inscription
register-button = S’inscrire
registered-before = Vous êtes-vous déjà inscrit{ "\u00A0" }?
registered = Bienvenue{ "\u00A0" }! Votre compte est ouvert. Connectez-vous avec votre adresse e-mail et votre mot de passe.

## E-mails attendus

check-mail = Consultez votre messagerie
# $email: the address that was typed.
link-mailed = Nous avons envoyé un e-mail à { $email }. Suivez le lien qu’il contient pour confirmer que cette adresse est la vôtre. Il peut mettre une minute ou deux à arriver.
link-mailed-text = Nous vous avons envoyé un e-mail. Suivez le lien qu’il contient pour confirmer que cette adresse est la vôtre. Il peut mettre une minute ou deux à arriver.
mail-missing = Rien reçu{ "\u00A0" }?
mail-not-there = Regardez aussi dans le dossier des messages indésirables, et vérifiez que l’adresse ne contient pas de faute de frappe.
resend = Recevoir un nouveau lien
resend-text = Indiquez-nous l’adresse avec laquelle vous vous êtes inscrit. Si elle doit encore être confirmée, nous vous enverrons un nouveau lien.
resend-button = Envoyer un nouveau lien
resent = Si l’adresse doit encore être confirmée, un nouveau lien est en route.
reset-mailed = Si { $email } correspond à un compte, un e-mail contenant un lien est en route. Il vous permet de choisir un nouveau mot de passe dans l’heure qui vient.
reset-mailed-text = Si l’adresse correspond à un compte, un e-mail contenant un lien est en route. Il vous permet de choisir un nouveau mot de passe dans l’heure qui vient.
await-approval = Merci, nous avons bien reçu votre inscription
await-approval-text = Nous l’examinons et vous écrirons dès qu’une décision aura été prise. Vous pourrez ensuite vous connecter.

## Confirmer une adresse

confirm = Confirmez votre adresse e-mail
confirm-text = Veuillez confirmer que cette adresse e-mail est bien la vôtre.
confirm-button = Confirmer l’adresse e-mail
confirmed = Votre adresse e-mail est confirmée. Vous pouvez maintenant vous connecter.
# Dans un navigateur où l’inscription n’a pas été faite.
confirm-password-text = Ce navigateur n’est pas celui dans lequel cette adresse a été inscrite. Pour que personne d’autre ne puisse ouvrir un compte à votre nom, nous vous demandons un mot de passe.
confirm-known-password = Cette inscription vient de moi
confirm-new-password = Elle ne vient pas de moi, ou j’ai oublié le mot de passe
confirm-new-password-text = Choisissez votre propre mot de passe. Celui de l’inscription ne sera alors plus valable, et tous les autres seront déconnectés.
confirm-new-password-button = Enregistrer le mot de passe et confirmer
confirmed-with-new-password = Votre adresse e-mail est confirmée et votre nouveau mot de passe est enregistré. Vous pouvez maintenant vous connecter avec.
confirmed-with-new-password-of-company = Votre adresse e-mail est confirmée et votre nouveau mot de passe est enregistré. Connectez-vous avec, puis vérifiez sous «{ "\u00A0" }Les personnes de votre entreprise{ "\u00A0" }» qui a accès.

## Se connecter et se déconnecter

log-in = Se connecter
log-out = Se déconnecter
log-out-text = Voulez-vous vous déconnecter sur cet appareil{ "\u00A0" }?
logged-out = Vous êtes déconnecté.

## Le compte

account = Mon compte
save = Enregistrer
profile-saved = Vos modifications sont enregistrées.
email-unconfirmed-yet = Adresse e-mail (pas encore confirmée)

## Ce qui ne va pas, et ce qui va

too-many-requests-text = Pour protéger les comptes, nous marquons une pause après plusieurs essais. Veuillez réessayer dans environ { $minutes ->
    [1] une minute
   *[other] { $minutes } minutes
}.
too-many-requests-seconds = Pour protéger les comptes, nous marquons une pause après plusieurs essais. Veuillez réessayer dans { $seconds ->
    [1] une seconde
   *[other] { $seconds } secondes
}.
too-many-requests-hours = Pour protéger les comptes, nous marquons une pause après plusieurs essais. Veuillez réessayer dans environ { $hours } heures.
internal-text = La faute est de notre côté, et elle a été consignée. Veuillez réessayer dans un instant.
invalid-credentials-text = Vérifiez les deux et réessayez. Si votre inscription vient d’un autre appareil et que votre adresse e-mail n’est pas encore confirmée, suivez d’abord le lien de notre e-mail.
email-unconfirmed-text = Votre mot de passe est correct. Avant de pouvoir vous connecter, suivez le lien de l’e-mail reçu lors de votre inscription, ou demandez-en un nouveau.
link-used-text = Si c’était vous, tout est fait et vous pouvez continuer. Sinon, demandez un nouveau lien.
link-expired-text = Pour protéger votre compte, les liens ne sont valables qu’un certain temps. Demandez-en un nouveau{ "\u00A0" }; cela prend une minute.
link-invalid-text = Une partie du lien a peut-être été coupée. Ouvrez-le à nouveau depuis l’e-mail, ou demandez-en un nouveau.
stale-version-text = Quelqu’un a modifié la même chose pendant que cette page était ouverte. Voici ce qu’il en est maintenant.
invalid-text = Veuillez vérifier votre saisie et réessayer.
# $number: the id of the request.
request-number = Si cela se reproduit, indiquez-nous ce numéro{ "\u00A0" }: { $number }
foreign-form = Ce formulaire n’est plus valable
foreign-form-text = Rien n’a été modifié. Les formulaires ne sont valables que si vous les avez ouverts ici, et seulement jusqu’à ce que vous vous connectiez ou vous déconnectiez. Ouvrez la page à nouveau et réessayez{ "\u00A0" }; votre navigateur doit accepter les cookies pour cela.
session-over = Vous n’êtes plus connecté. Veuillez vous reconnecter.
is-not-right = n’est pas correct
code-not-there = Il peut mettre une minute ou deux à arriver. Regardez aussi dans le dossier des messages indésirables.
confirm-expired = Si vous vous êtes inscrit au cours des deux dernières semaines, demandez un nouveau lien. Sinon, veuillez vous inscrire à nouveau.
new-email = Nouvelle adresse e-mail

## Un nouvel appareil

confirm-device = Saisissez le code reçu par e-mail
confirm-device-text = Vous vous connectez depuis un appareil que votre compte ne connaît pas encore. Pour être sûrs que c’est bien vous, nous avons envoyé un code à votre adresse e-mail.
code = Code
code-hint = Six chiffres. Le code est valable dix minutes.
another-code = Se connecter à nouveau pour recevoir un autre code

## Mots de passe

forgot-password = Mot de passe oublié
forgot-password-text = Cela arrive. Indiquez-nous l’adresse avec laquelle vous vous connectez, et nous vous enverrons un lien pour en choisir un nouveau.
forgot-password-button = Recevoir un lien
reset-password = Choisissez un nouveau mot de passe
reset-password-text = Vous serez ensuite déconnecté partout et pourrez vous connecter avec le nouveau mot de passe.
new-password = Nouveau mot de passe
current-password = Mot de passe actuel
set-password = Enregistrer le nouveau mot de passe
password-set = Votre nouveau mot de passe est enregistré. Vous pouvez maintenant vous connecter avec. Si votre compte est celui d’une entreprise, vérifiez ensuite qui y a accès.
change-password = Modifier le mot de passe
change-password-text = Vous restez connecté ici et serez déconnecté partout ailleurs.
password-changed = Votre mot de passe a été modifié. Vous êtes déconnecté sur tous les autres appareils.

## Une autre adresse

change-address = Modifier l’adresse e-mail
change-address-text = Nous enverrons un lien à la nouvelle adresse. Rien ne change avant que vous ne le suiviez.
change-address-button = Envoyer un lien
address-link-mailed = Nous avons envoyé un e-mail à la nouvelle adresse. Suivez le lien qu’il contient{ "\u00A0" }; vous vous connecterez ensuite avec elle.
confirm-address = Confirmez votre nouvelle adresse e-mail
confirm-address-text = Vous vous connecterez ensuite avec cette adresse et y recevrez nos e-mails. L’ancienne adresse en sera informée.
confirm-address-button = Confirmer la nouvelle adresse e-mail
address-changed = Votre adresse e-mail a été modifiée. Connectez-vous désormais avec la nouvelle.

## Rejoindre l’équipe

accept-invitation = Rejoignez l’équipe
accept-invitation-text = Choisissez le nom que verront vos collègues et les clients, ainsi qu’un mot de passe. Votre compte sera ensuite ouvert.
accept-invitation-button = Accepter l’invitation
invitation-accepted = Bienvenue dans l’équipe{ "\u00A0" }! Connectez-vous avec l’adresse à laquelle l’invitation a été envoyée.
invitation-ended = Demandez une nouvelle invitation à la personne qui vous a invité.

## Rejoindre une entreprise

join = Rejoignez votre entreprise
join-text = Choisissez votre nom et un mot de passe. Vous vous connecterez ensuite avec l’adresse à laquelle l’invitation a été envoyée.
joined = Bienvenue{ "\u00A0" }! Connectez-vous avec l’adresse à laquelle l’invitation a été envoyée.
invitation-to-another-address = Quelqu’un se connecte déjà avec cette adresse. Demandez une invitation à une autre.

## Sessions et appareils

devices = Appareils et sessions
sessions = Où vous êtes connecté
sessions-text = Si vous ne reconnaissez pas une session, déconnectez-la et modifiez votre mot de passe.
this-session = Vous êtes ici
# $moment: a time in words.
session-since = Connecté depuis le { $moment }
end-session = Déconnecter
end-session-done = La session est terminée.
known-devices = Appareils connus
known-devices-text = Un appareil connu se connecte sans code envoyé par e-mail.
this-device = Cet appareil
device-last-seen = Dernière connexion le { $moment }
device-name = Le nom que vous lui donnez
name-device = Enregistrer le nom
name-device-done = Le nom est enregistré.
forget-device = Oublier l’appareil
forget-device-done = L’appareil est oublié et déconnecté.
unnamed-device = Appareil inconnu

## Pour continuer dans le compte

security = Sécurité
to-devices = Appareils et sessions
to-change-password = Modifier le mot de passe
to-change-address = Modifier l’adresse e-mail

## Les personnes d’une entreprise

employees = Les personnes de votre entreprise
employees-text = Elles voient le dossier de votre entreprise. Les gestionnaires décident aussi qui le voit.
company-owner = Compte principal
company-manager = Gestionnaire
company-member = Membre
employee-invited = Invitation envoyée
employee-blocked = Accès bloqué
# $moment: until when the invitation can be accepted.
invited-until = L’invitation est valable jusqu’au { $moment }
make-manager = Nommer gestionnaire
make-manager-done = Cette personne est maintenant gestionnaire.
make-member = Nommer membre
make-member-done = Cette personne est maintenant membre.
remove-employee = Retirer
remove-employee-done = C’est fait. Cette personne ne peut plus se connecter.
more-employees = Afficher la suite
invite-employee = Inviter quelqu’un
invite-employee-text = Nous envoyons un lien. Chaque personne choisit son propre mot de passe{ "\u00A0" }: vous n’avez jamais à partager le vôtre.
invite-once-confirmed = Vous pourrez inviter d’autres personnes dès que votre adresse e-mail sera confirmée. Suivez pour cela le lien de notre e-mail.
company-role = Ce que la personne peut faire
language-for-invitation = Langue dans laquelle nous lui écrivons
invite-employee-button = Envoyer l’invitation
invite-employee-done = L’invitation est en route.
company-heading = Entreprise
to-employees = Les personnes de votre entreprise

## Inscriptions en attente

registrations = Inscriptions en attente
registrations-text = Les plus anciennes viennent en premier. Cochez celles que vous voulez accepter ou refuser. Nous informons les clients par e-mail.
registrations-none = Aucune inscription n’attend de décision.
registrations-no-more = Aucune autre inscription n’attend de décision ici.
registrations-next = Afficher les suivantes
registrations-first = Revenir aux plus anciennes
customers-shown = Clients affichés
customers-all = Tous
customers-people = Particuliers
customers-companies = Entreprises
customer = Client
customer-person = Particulier
customer-company = Entreprise
speaks = Langue
registered-name = Dénomination sociale
contact-person = Personne à contacter
company-details = Données de l’entreprise
contact = Coordonnées
address-proven = Adresse confirmée
address-unproven = Adresse non confirmée
waiting-since = En attente depuis
waited-briefly = depuis moins d’une heure
# $number: how many.
waited-hours = depuis { $number ->
    [1] une heure
   *[other] { $number } heures
}
waited-days = depuis { $number ->
    [1] un jour
   *[other] { $number } jours
}
selection = Sélection
# Follows the name of the field, « Sélection ».
selection-is-empty = est vide. Cochez au moins une inscription.
reason = Motif ou remarque
reason-hint = Figure dans l’e-mail envoyé à toutes les personnes cochées, et dans leur historique.
approve = Accepter
reject = Refuser
# $name: who registered.
approved = { $name }{ "\u00A0" }: inscription acceptée.
rejected = { $name }{ "\u00A0" }: inscription refusée.
decided-otherwise = Rien n’a changé pour{ "\u00A0" }:
approved-before = { $name }{ "\u00A0" }: inscription déjà acceptée par quelqu’un d’autre. Aucun second e-mail n’a été envoyé.
rejected-before = { $name }{ "\u00A0" }: inscription déjà refusée par quelqu’un d’autre. Aucun second e-mail n’a été envoyé.
not-waiting = { $name }{ "\u00A0" }: n’est plus en attente. Quelqu’un d’autre en a décidé autrement, ou une autre inscription l’a remplacée.
registration-gone = { $name }{ "\u00A0" }: cette inscription n’existe plus.
not-decided = { $name }{ "\u00A0" }: la décision n’a pas pu être enregistrée. Veuillez réessayer.
somebody = Inconnu
staff-heading = Équipe
to-registrations = Inscriptions en attente

## Heures

# $day, $month, $year: numbers. $time: hours and minutes.
moment = { $day ->
    [1] 1er
   *[other] { $day }
}{ "\u00A0" }{ month } { $year } à { $time }{ "\u00A0" }UTC
month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
