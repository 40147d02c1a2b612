"""Who gets what from every address, one line for each method and address (or several that are alike).

A cell is the status; `in` where the answer is the sign-in page; `done` where something was written. Whatever
is not `done` has written nothing. After `#` stands the case, where an address has more than one; after `@` how
the request shows who it is: by session unless it says a key of scope read or write. `$NAMES` and `{a,b}` stand
for several addresses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from accounts.roles import Role

WHO = ("", *Role)
NAMES = {
    # Readers' pages
    "READ": "list-verdicts,show-claim,list-articles,show-article,list-claimants,show-claimant,"
    "search,describe-search,show-entry,show-card,robots,sitemap,sitemap-pages,sitemap-claims,sitemap-articles,list-corrections,methodology,show-record,verifier,feed,json-feed,claim-review-feed,oembed,"
    "embed-script,embed-marks,embed-claim,embed-article",
    # Pages of the desk that only show
    "SHOWN": "home,chart,list-articles,list-imports,show-batch,list-feeds,show-feed,show-article,show-article#read,show-progress,list-alike,"
    "show-claim,show-claim#suggested,show-claim#in_review,show-claim#disputed,show-claim#decided,"
    "show-claim#published,queue,list-sources,show-source,show-source#withheld,"
    "show-look,show-copy,compare-copies,view-copy,download-copy,download-warc,"
    "show-runs,show-engines,list-checks,show-check,add-check-import,show-check-import,list-publishers",
    # Writes of the API: what everybody at the desk does, and what editors do
    "SAID": "list-claims,add-span,accept-claim,dismiss-claim,unflag-claim,list-comments,list-questions,"
    "close-question,withdraw-evidence,detect-claims,list-versions#desk",
    "EDITED": "assign-claim,adjudicate-claim,write-claim,send-back-claim,publish-claim,correct-claim,"
    "retract-claim,reopen-claim,reopen-claim#published,override-quote",
    # Records in the admin: those that no one changes, those that a role does, those for editors, those that no one sees
    "FROZEN": "articles/version,articles/import,articles/batch,articles/feed,claims/detectionrun,claims/worthmodel,claims/checkimport,sources/snapshot,sources/capture,sources/evidence,sources/openquestion,"
    "publishing/publication,publishing/markuppage,publishing/signingkey,publishing/signedhead,accounts/apikey",
    "KEPT": "articles/article,claims/claimant,claims/externalcheck,sources/source",
    "JUDGED": "claims/claim,claims/trustedpublisher,reviews/scale,reviews/verdict",
    "LOOKED": "audit/event,publishing/endpoint,publishing/delivery,publishing/attempt",
    "UNSEEN": "account/emailaddress,mfa/authenticator,procrastinate/procrastinatejob",
}
#                                                nobody contrib. review. editor admin. consumer
TABLE = """
GET     publishing:{$READ}                       200    200    200    200    200    200
GET     publishing:{show-claim,show-entry,show-card,show-article,show-claimant}#hidden
                                                 404    404    404    404    404    404
GET     publishing:embed-find                    302    302    302    302    302    302
GET     publishing:{embed-claim,embed-article}#hidden
                                                 404    404    404    404    404    404
GET     healthz                                  200    200    200    200    200    200
POST    healthz                                  405    405    405    405    405    405

GET     reviews:{$SHOWN}                         in     200    200    200    200    403
GET     reviews:add-article                      in     200    200    200    200    403
POST    reviews:add-article                      in     done   done   done   done   403
GET     reviews:correct-article                  in     200    200    200    200    403
POST    reviews:correct-article                  in     done   done   done   done   403
GET     reviews:add-version                      in     200    200    200    200    403
POST    reviews:add-version                      in     done   done   done   done   403
GET     reviews:compare-versions                 in     200    200    200    200    403
POST    reviews:{confirm-span,move-span,let-go-span}
                                                 in     done   done   done   done   403
POST    reviews:detect-again                     in     done   done   done   done   403
POST    reviews:{add-check-import,retry-check-import,tie-check}
                                                 in     done   done   done   done   403
POST    reviews:{list-publishers,change-publisher}
                                                 in     403    403    done   done   403
POST    reviews:{retry-import,cancel-import,cancel-batch,retry-batch,list-feeds,change-feed}
                                                 in     done   done   done   done   403
GET     reviews:add-batch                        in     200    200    200    200    403
POST    reviews:add-batch                        in     done   done   done   done   403
GET     reviews:add-claim                        in     200    200    200    200    403
POST    reviews:add-claim                        in     done   done   done   done   403
GET     reviews:edit-claim                       in     200    200    200    200    403
POST    reviews:edit-claim                       in     done   done   done   done   403
POST    reviews:add-span                         in     done   done   done   done   403
POST    reviews:ask-question                     in     done   done   done   done   403
GET     reviews:close-question                   in     200    200    200    200    403
POST    reviews:close-question                   in     done   done   done   done   403
POST    reviews:add-comment                      in     done   done   done   done   403
POST    reviews:unflag-claim                     in     done   done   done   done   403
POST    reviews:accept-claim                     in     done   done   done   done   403
GET     reviews:dismiss-claim                    in     200    200    200    200    403
POST    reviews:dismiss-claim                    in     done   done   done   done   403
GET     reviews:add-evidence                     in     200    200    200    200    403
POST    reviews:add-evidence                     in     done   done   done   done   403
POST    reviews:add-evidence#passages            in     200    200    200    200    403
POST    reviews:name-source                      in     done   done   done   done   403
GET     reviews:withdraw-evidence                in     200    200    200    200    403
POST    reviews:withdraw-evidence                in     done   done   done   done   403
GET     reviews:override-quote                   in     403    403    200    200    403
POST    reviews:override-quote                   in     403    403    done   done   403
GET     reviews:correct-source                   in     200    200    200    200    403
POST    reviews:correct-source                   in     done   done   done   done   403
GET     reviews:correct-source#withheld          in     403    403    200    200    403
POST    reviews:correct-source#withheld          in     403    403    done   done   403
POST    reviews:{look-at-source,upload-copy,paste-copy}
                                                 in     done   done   done   done   403
POST    reviews:{look-at-source,upload-copy,paste-copy}#withheld
                                                 in     404    404    done   done   403
GET     reviews:{show-look,show-copy,compare-copies,view-copy,download-copy,download-warc}#withheld
                                                 in     404    404    200    200    403

POST    reviews:{take-claim,release-claim,next-claim}
                                                 in     403    done   done   done   403
GET     reviews:assign-claim                     in     403    403    200    200    403
POST    reviews:assign-claim                     in     403    403    done   done   403
GET     reviews:review-claim                     in     403    200    200    200    403
POST    reviews:review-claim                     in     403    done   done   done   403
GET     reviews:{adjudicate-claim,write-verdict,send-back}
                                                 in     403    403    200    200    403
POST    reviews:{adjudicate-claim,write-verdict,send-back}
                                                 in     403    403    done   done   403
POST    reviews:bulk                             in     302    302    302    302    403
POST    reviews:{bulk#accept,bulk#dismiss}       in     done   done   done   done   403
POST    reviews:bulk#assign                      in     302    302    done   done   403

GET     release:{publish-verdict,correct-verdict,retract-verdict,reopen-claim,reopen-claim#published}
                                                 in     403    403    200    200    403
POST    release:{publish-verdict,correct-verdict,retract-verdict,reopen-claim,reopen-claim#published}
                                                 in     403    403    done   done   403
GET     release:list-pages                       in     200    200    200    200    403
POST    release:remove-page                      in     403    403    done   done   403
POST    release:download-dossier                 in     done   done   done   done   403
POST    release:download-dossier#internal        in     403    403    done   done   403

GET     accounts:{list-keys,make-key,revoke-key} in     200    200    200    200    200
POST    accounts:{make-key,revoke-key}           in     done   done   done   done   done
GET     accounts:revoke-key#somebody-elses       in     404    404    404    404    404
POST    accounts:revoke-key#somebody-elses       in     404    404    404    404    404

GET     webhooks:{list-endpoints,make-endpoint,show-endpoint,change-endpoint,rotate-secret,disable-endpoint,enable-endpoint,retire-endpoint,show-delivery}
                                                 in     403    403    200    200    200
POST    webhooks:{make-endpoint,change-endpoint,rotate-secret,disable-endpoint,enable-endpoint,retire-endpoint,test-endpoint,replay-endpoint,replay-delivery}
                                                 in     403    403    done   done   done
GET     webhooks:{show-endpoint,change-endpoint,rotate-secret,disable-endpoint,enable-endpoint,retire-endpoint,show-delivery}#somebody-elses
                                                 in     403    403    200    200    404
POST    webhooks:{change-endpoint,rotate-secret,disable-endpoint,retire-endpoint,test-endpoint,replay-endpoint,replay-delivery}#somebody-elses
                                                 in     403    403    done   done   404

GET     {account_login,account_signup}           200    302    302    302    302    302
POST    {account_login,account_signup}           200    302    302    302    302    302
GET     account_logout                           302    200    200    200    200    200
POST    account_logout                           302    302    302    302    302    302
GET     {account_inactive,account_email_verification_sent,account_reset_password,account_reset_password_done,account_reset_password_from_key,account_reset_password_from_key_done,account_confirm_email}
                                                 200    200    200    200    200    200
POST    {account_reset_password,account_reset_password_from_key}
                                                 200    200    200    200    200    200
POST    account_confirm_email                    404    404    404    404    404    404
GET     account_reauthenticate                   in     403    403    403    403    403
POST    account_reauthenticate                   in     403    403    403    403    403
GET     account_email                            in     200    200    200    200    200
POST    account_email                            in     302    302    302    302    302
GET     {account_change_password,account_confirm_login_code}
                                                 in     302    302    302    302    302
POST    {account_change_password,account_confirm_login_code}
                                                 in     302    302    302    302    302
GET     account_set_password                     in     200    200    200    200    200
POST    account_set_password                     in     done   done   done   done   done

GET     mfa_index                                in     200    200    200    200    200
GET     mfa_authenticate                         in     302    302    302    302    302
POST    mfa_authenticate                         in     302    302    302    302    302
GET     mfa_reauthenticate                       in     403    403    403    403    403
POST    mfa_reauthenticate                       in     403    403    403    403    403
GET     {mfa_activate_totp,mfa_generate_recovery_codes}
                                                 in     200    200    200    200    200
POST    {mfa_activate_totp,mfa_generate_recovery_codes}
                                                 in     200    200    200    200    200
GET     {mfa_deactivate_totp,mfa_view_recovery_codes,mfa_download_recovery_codes}
                                                 in     404    404    404    404    404
POST    {mfa_deactivate_totp,mfa_download_recovery_codes}
                                                 in     404    404    404    404    404

GET     admin:{index,password_change,password_change_done,jsi18n,app_list}
                                                 in     200    200    200    200    in
POST    admin:{index,password_change,app_list}
                                                 in     200    200    200    200    in
GET     admin:login                              in     302    302    302    302    403
POST    admin:login                              in     200    200    200    200    403
GET     admin:logout                             302    405    405    405    405    302
POST    admin:logout                             302    200    200    200    200    302
GET     admin:autocomplete                       in     200    200    200    200    in
GET     admin:autocomplete#source                in     200    200    200    200    in
GET     admin:view_on_site                       in     302    302    302    302    in
POST    admin:view_on_site                       in     302    302    302    302    in
GET     admin:(?P<url>.*)$                       in     404    404    404    404    in
POST    admin:(?P<url>.*)$                       in     404    404    404    404    in

GET     admin:{$FROZEN,$KEPT,$JUDGED}/           in     200    200    200    200    in
POST    admin:{$FROZEN,$KEPT,$JUDGED}/           in     200    200    200    200    in
GET     admin:{$FROZEN,$KEPT,$JUDGED}/<pk>/change/
                                                 in     200    200    200    200    in
GET     admin:{$FROZEN,$KEPT,$JUDGED}/<pk>/history/
                                                 in     200    200    200    200    in
POST    admin:{$FROZEN,$KEPT,$JUDGED}/<pk>/history/
                                                 in     200    200    200    200    in
GET     admin:{$FROZEN,claims/claim,reviews/verdict,$LOOKED}/add/
                                                 in     403    403    403    403    in
POST    admin:{$FROZEN,claims/claim,reviews/verdict,$LOOKED}/add/
                                                 in     403    403    403    403    in
POST    admin:{$FROZEN,$LOOKED}/<pk>/change/ in     403    403    403    403    in
GET     admin:{$KEPT}/add/                       in     200    200    200    200    in
POST    admin:{$KEPT}/add/                       in     done   done   done   done   in
POST    admin:{$KEPT,claims/claim}/<pk>/change/  in     done   done   done   done   in
POST    admin:reviews/verdict/<pk>/change/       in     403    403    done   done   in
GET     admin:claims/trustedpublisher/add/       in     403    403    200    200    in
POST    admin:claims/trustedpublisher/{add/,<pk>/change/}
                                                 in     403    403    done   done   in
GET     admin:reviews/scale/add/                 in     403    403    403    200    in
POST    admin:reviews/scale/add/                 in     403    403    403    done   in
POST    admin:reviews/scale/<pk>/change/         in     403    403    403    done   in
GET     admin:{$LOOKED}/                       in     403    403    200    200    in
POST    admin:{$LOOKED}/                       in     403    403    200    200    in
GET     admin:{$LOOKED}/<pk>/{change,history}/ in     403    403    200    200    in
POST    admin:{$LOOKED}/<pk>/history/          in     403    403    200    200    in
GET     admin:accounts/user/                     in     403    403    403    200    in
POST    admin:accounts/user/                     in     403    403    403    200    in
GET     admin:accounts/user/{add/,<pk>/change/,<pk>/history/,<pk>/password/}
                                                 in     403    403    403    200    in
POST    admin:accounts/user/<pk>/history/        in     403    403    403    200    in
POST    admin:accounts/user/{add/,<pk>/change/,<pk>/password/}
                                                 in     403    403    403    done   in
GET     admin:accounts/apikey/<pk>/change/#somebody-elses
                                                 in     302    302    302    302    in
GET     admin:sources/source/<pk>/change/#withheld
                                                 in     200    200    200    200    in
POST    admin:sources/source/<pk>/change/#withheld
                                                 in     403    403    done   done   in
GET     admin:{$FROZEN,$KEPT,$JUDGED,$LOOKED,accounts/user,$UNSEEN}/<pk>/delete/
                                                 in     403    403    403    403    in
POST    admin:{$FROZEN,$KEPT,$JUDGED,$LOOKED,accounts/user,$UNSEEN}/<pk>/delete/
                                                 in     403    403    403    403    in
GET     admin:{$FROZEN,$KEPT,$JUDGED,$LOOKED,accounts/user,$UNSEEN}/<pk>/
                                                 in     302    302    302    302    in
POST    admin:{$FROZEN,$KEPT,$JUDGED,$LOOKED,accounts/user,$UNSEEN}/<pk>/
                                                 in     302    302    302    302    in
GET     admin:{$UNSEEN}/{,add/,<pk>/change/}     in     403    403    403    403    in
POST    admin:{$UNSEEN}/{,add/,<pk>/change/}     in     403    403    403    403    in
GET     admin:{account/emailaddress,mfa/authenticator}/<pk>/history/
                                                 in     403    403    403    403    in
POST    admin:{account/emailaddress,mfa/authenticator}/<pk>/history/
                                                 in     403    403    403    403    in
GET     admin:procrastinate/procrastinatejob/<pk>/history/
                                                 in     302    302    302    302    in
POST    admin:procrastinate/procrastinatejob/<pk>/history/
                                                 in     302    302    302    302    in

POST    admin:articles/article/#detect_again     in     done   done   done   done   in
POST    admin:claims/worthmodel/#use_weights     in     200    200    done   done   in
POST    admin:accounts/apikey/#revoke            in     done   done   done   done   in
POST    admin:sources/source/#look_now           in     done   done   done   done   in
POST    admin:sources/source/#look_now_withheld  in     302    302    done   done   in
POST    admin:sources/evidence/#withdraw         in     done   done   done   done   in
POST    admin:sources/evidence/#override_quote   in     302    302    done   done   in
POST    admin:reviews/scale/#choose_house_scale  in     200    200    200    done   in
POST    admin:claims/claim/#{accept,dismiss}     in     done   done   done   done   in
POST    admin:claims/claim/#{take,release}       in     302    done   done   done   in
POST    admin:claims/claim/#{assign,send_back,retract,reopen}
                                                 in     302    302    done   done   in

GET     google:{search-claims,search-images}     200    200    200    200    200    200
GET@read google:{search-claims,search-images}    -      200    200    200    200    200
POST    google:{search-claims,search-images}     405    405    405    405    405    405
GET     google:{list-pages,show-page}            401    401    401    401    401    401
GET@read google:{list-pages,show-page,show-page#of-the-record}
                                                 -      200    200    200    200    200
GET@read google:show-page#hidden                 -      404    404    404    404    404
POST    google:list-pages                        401    401    401    401    401    401
POST@read google:list-pages                      -      403    403    403    403    403
POST@write google:list-pages                     -      403    403    done   done   403
PUT     google:show-page                         401    401    401    401    401    401
PUT@read google:show-page                        -      403    403    403    403    403
PUT@write google:show-page                       -      403    403    done   done   403
PUT@write google:show-page#of-the-record         -      403    403    400    400    403
DELETE  google:show-page                         401    401    401    401    401    401
DELETE@read google:show-page                     -      403    403    403    403    403
DELETE@write google:show-page                    -      403    403    done   done   403
DELETE@write google:show-page#of-the-record      -      403    403    400    400    403

GET     annotations:{list-annotations,list-article-annotations,show-annotation}
                                                 200    200    200    200    200    200
GET@read annotations:{list-annotations,list-article-annotations,show-annotation}
                                                 -      200    200    200    200    200
GET     annotations:{list-article-annotations,show-annotation}#hidden
                                                 404    200    200    200    200    404
GET@read annotations:{list-article-annotations,show-annotation}#hidden
                                                 -      200    200    200    200    404
POST    annotations:{list-annotations,list-article-annotations}
                                                 401    done   done   done   done   403
POST@read annotations:{list-annotations,list-article-annotations}
                                                 -      403    403    403    403    403
POST@write annotations:{list-annotations,list-article-annotations}
                                                 -      done   done   done   done   403

GET     api:{docs,schema}                        200    200    200    200    200    200
GET     api:{list-verdicts,show-verdict,show-claim-review,list-publications,show-publication,export-verdicts,export-verdicts-csv,export-verdicts-parquet,export-publications,list-articles,show-article,list-versions,show-version,show-difference,list-claims,show-claim,list-citations}
                                                 200    200    200    200    200    200
GET@read api:{list-verdicts,show-verdict,show-claim-review,list-publications,show-publication,export-verdicts,export-verdicts-csv,export-verdicts-parquet,export-publications,list-articles,show-article,list-versions,show-version,show-difference,list-claims,show-claim,list-citations}
                                                 -      200    200    200    200    200
GET@write api:{list-verdicts,show-verdict,show-claim-review,list-publications,show-publication,export-verdicts,export-verdicts-csv,export-verdicts-parquet,export-publications,list-articles,show-article,list-versions,show-version,show-difference,list-claims,show-claim,list-citations}
                                                 -      200    200    200    200    200
GET     api:{show-verdict,show-claim-review}#hidden 404     404    404    404    404    404
GET@read api:{show-verdict,show-claim-review}#hidden -      404    404    404    404    404
GET     api:{list-heads,show-latest-head,list-keys}
                                                 200    200    200    200    200    200
GET@read api:{list-heads,show-latest-head,list-keys}
                                                 -      200    200    200    200    200
GET@write api:{list-heads,show-latest-head,list-keys}
                                                 -      200    200    200    200    200
GET     api:{show-article,list-versions,show-version,show-difference,show-claim,list-citations}#hidden
                                                 404    200    200    200    200    404
GET@read api:{show-article,list-versions,show-version,show-difference,show-claim,list-citations}#hidden
                                                 -      200    200    200    200    404
GET@write api:{show-article,list-versions,show-version,show-difference,show-claim,list-citations}#hidden
                                                 -      200    200    200    200    404
GET     api:{list-imports,show-import,show-batch} 401   200    200    200    200    403
GET@read api:{list-imports,show-import,show-batch} -    200    200    200    200    403
GET@write api:{list-imports,show-import,show-batch} -   200    200    200    200    403
GET     api:list-passages                        401    200    200    200    200    403
GET@read api:list-passages                       -      200    200    200    200    403
GET@write api:list-passages                      -      200    200    200    200    403
GET     api:list-passages#withheld               401    403    403    200    200    403
GET@read api:list-passages#withheld              -      403    403    200    200    403
GET     api:export-records                       401    200    200    200    200    403
GET@read api:export-records                      -      200    200    200    200    403
GET@write api:export-records                     -      200    200    200    200    403
POST    api:{list-imports,cancel-batch,retry-batch} 401 done   done   done   done   403
POST@read api:{list-imports,cancel-batch,retry-batch} - 403    403    403    403    403
POST@write api:{list-imports,cancel-batch,retry-batch} - done  done   done   done   403
GET     api:{list-external-checks,show-check-import}
                                                 401    200    200    200    200    403
GET@read api:{list-external-checks,show-check-import}
                                                 -      200    200    200    200    403
GET@write api:{list-external-checks,show-check-import}
                                                 -      200    200    200    200    403
POST    api:add-check-import                     401    done   done   done   done   403
POST@read api:add-check-import                   -      403    403    403    403    403
POST@write api:add-check-import                  -      done   done   done   done   403
GET     api:{list-claimants,show-claimant,list-sources,show-source,list-evidence#published}
                                                 200    200    200    200    200    200
GET     api:{show-claimant,show-source,list-evidence}#hidden
                                                 404    200    200    200    200    404
GET@read api:{list-claimants,show-claimant,list-sources,show-source,list-evidence#published}
                                                 -      200    200    200    200    200
GET@read api:{show-claimant,show-source,list-evidence}#hidden
                                                 -      200    200    200    200    404
GET@write api:{list-claimants,show-claimant,list-sources,show-source,list-evidence#published}
                                                 -      200    200    200    200    200
GET@write api:{show-claimant,show-source,list-evidence}#hidden
                                                 -      200    200    200    200    404
GET     api:show-source#withheld                 404    200    200    200    200    404
GET@read api:show-source#withheld                -      200    200    200    200    404
GET@write api:show-source#withheld               -      200    200    200    200    404
GET     api:list-all-evidence                    401    200    200    200    200    403
GET@read api:list-all-evidence                   -      200    200    200    200    403
GET@write api:list-all-evidence                  -      200    200    200    200    403
POST    api:{list-sources,list-evidence}         401    done   done   done   done   403
POST@read api:{list-sources,list-evidence}       -      403    403    403    403    403
POST@write api:{list-sources,list-evidence}      -      done   done   done   done   403
GET     api:{list-actions,show-gate,list-reviews,list-comments,list-questions}
                                                 401    200    200    200    200    403
GET@read api:{list-actions,show-gate,list-reviews,list-comments,list-questions}
                                                 -      200    200    200    200    403
GET@write api:{list-actions,show-gate,list-reviews,list-comments,list-questions}
                                                 -      200    200    200    200    403
POST    api:{$SAID}                              401    done   done   done   done   403
POST@read api:{$SAID}                            -      403    403    403    403    403
POST@write api:{$SAID}                           -      done   done   done   done   403
PATCH   api:{show-claim#open,show-article#desk}  401    done   done   done   done   403
PATCH@read api:{show-claim#open,show-article#desk} -    403    403    403    403    403
PATCH@write api:{show-claim#open,show-article#desk} -   done   done   done   done   403
POST    api:{take-claim,release-claim,list-reviews} 401 403    done   done   done   403
POST@read api:{take-claim,release-claim,list-reviews} - 403    403    403    403    403
POST@write api:{take-claim,release-claim,list-reviews} - 403   done   done   done   403
POST    api:{$EDITED}                            401    403    403    done   done   403
POST@read api:{$EDITED}                          -      403    403    403    403    403
POST@write api:{$EDITED}                         -      403    403    done   done   403
POST    api:list-articles                        401    done   done   done   done   403
POST@read api:list-articles                      -      403    403    403    403    403
POST@write api:list-articles                     -      done   done   done   done   403
GET     api:{list-webhooks,show-webhook,list-deliveries,show-delivery}
                                                 401    403    403    200    200    200
GET@read api:{list-webhooks,show-webhook,list-deliveries,show-delivery}
                                                 -      403    403    200    200    200
GET@write api:{list-webhooks,show-webhook,list-deliveries,show-delivery}
                                                 -      403    403    200    200    200
GET     api:{show-webhook,list-deliveries,show-delivery}#somebody-elses
                                                 401    403    403    200    200    404
POST    api:{list-webhooks,rotate-webhook-secret,test-webhook,replay-deliveries,replay-delivery}
                                                 401    403    403    done   done   done
POST@read api:{list-webhooks,rotate-webhook-secret,test-webhook,replay-deliveries,replay-delivery}
                                                 -      403    403    403    403    403
POST@write api:{list-webhooks,rotate-webhook-secret,test-webhook,replay-deliveries,replay-delivery}
                                                 -      403    403    done   done   done
POST    api:{rotate-webhook-secret,test-webhook,replay-deliveries,replay-delivery}#somebody-elses
                                                 401    403    403    done   done   404
PATCH   api:show-webhook                         401    403    403    done   done   done
PATCH@read api:show-webhook                      -      403    403    403    403    403
PATCH@write api:show-webhook                     -      403    403    done   done   done
PATCH   api:show-webhook#somebody-elses          401    403    403    done   done   404
DELETE  api:show-webhook                         401    403    403    done   done   done
DELETE@read api:show-webhook                     -      403    403    403    403    403
DELETE@write api:show-webhook                    -      403    403    done   done   done
DELETE  api:show-webhook#somebody-elses          401    403    403    done   done   404
"""


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    way: str
    expected: dict[str, str] = field(hash=False)

    def __str__(self) -> str:
        return f"{self.method} {self.name}" + (
            f" by {self.way} key" if self.way != "session" else ""
        )


def rows() -> list[Row]:
    return [row for line in _lines() for row in _row(line)]


def _lines() -> Iterator[str]:
    """A line that starts with white space goes on from the one before."""
    yield from filter(None, re.sub(r"\n +", " ", TABLE).splitlines())


def _row(line: str) -> Iterator[Row]:
    what, name, *cells = line.split()
    method, _, way = what.partition("@")
    assert len(cells) == len(WHO), line
    expected = {who: cell for who, cell in zip(WHO, cells, strict=True) if cell != "-"}
    for one in _spelt_out(name):
        yield Row(method, one, way or "session", expected)


def _spelt_out(name: str) -> Iterator[str]:
    for group, members in NAMES.items():
        name = name.replace(f"${group}", members)
    parts = re.split(r"\{([^}]*)\}", name)
    choices = [part.split(",") if at % 2 else [part] for at, part in enumerate(parts)]
    for one in product(*choices):
        yield "".join(one)
