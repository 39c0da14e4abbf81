"""Words of the list of powers and duties (权责清单)."""

# 国办发〔2015〕21号: the ten kinds of powers, of which the hall names those an urban-management bureau has.
POWER_KINDS = {
    "licence": "行政许可",
    "penalty": "行政处罚",
    "compulsion": "行政强制",
    "inspection": "行政检查",
    "payment": "行政给付",
    "ruling": "行政裁决",
    "confirmation": "行政确认",
    "reward": "行政奖励",
    "levy": "行政征收",
    "other": "其他类别",
}

POWER_CHANGES = {"added": "新增", "changed": "调整", "removed": "取消"}
