"""What answers may hold, so that a field mask that names something else is refused."""

from typing import Any

CLAIM_REVIEW: dict[str, Any] = {
    "publisher": {"name": None, "site": None},
    "url": None,
    "title": None,
    "reviewDate": None,
    "textualRating": None,
    "languageCode": None,
}
CLAIM = {"text": None, "claimant": None, "claimDate": None, "claimReview": CLAIM_REVIEW}
SEARCH = {"claims": CLAIM, "nextPageToken": None}
IMAGE_SEARCH = {"results": {"claim": CLAIM}, "nextPageToken": None}
PAGE: dict[str, Any] = {
    "name": None,
    "pageUrl": None,
    "publishDate": None,
    "claimReviewAuthor": {"name": None, "imageUrl": None},
    "claimReviewMarkups": {
        "url": None,
        "claimReviewed": None,
        "claimDate": None,
        "claimLocation": None,
        "claimFirstAppearance": None,
        "claimAppearances": None,
        "claimAuthor": {"name": None, "jobTitle": None, "imageUrl": None, "sameAs": None},
        "rating": {
            "textualRating": None,
            "ratingValue": None,
            "bestRating": None,
            "worstRating": None,
            "ratingExplanation": None,
            "imageUrl": None,
        },
    },
    "versionId": None,
}
PAGES = {"claimReviewMarkupPages": PAGE, "nextPageToken": None}
NOTHING: dict[str, Any] = {}
