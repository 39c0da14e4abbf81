"""Words of dossier reviews: kinds of dossiers, how a round and a reviewed dossier stand, what is done."""

REVIEW_SUBJECTS = {"permit_case": "许可案卷", "penalty_case": "处罚案卷"}

ROUND_STATES = {"announced": "已公布", "drawn": "评查中", "closed": "已通报", "voided": "已作废"}

REVIEW_STATES = {
    "drawn": "待评分",
    "scored": "待通知整改",
    "correcting": "整改中",
    "corrected": "待核验",
    "objected": "待复核",
    "released": "已退出",
    "closed": "已了结",
}
