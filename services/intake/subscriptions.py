"""DOOR 2, events: mediation and welfare take up and finish their parts of a case; a lawyer leads one."""

from services.intake.usecases import follow_part
from shared.contracts.mediation import DisputeClosed, DisputeOpened, LawyerAssigned
from shared.contracts.welfare import ApplicationClosed, ApplicationOpened
from shared.kernel.consumer import Subscriptions

SUBSCRIPTIONS: Subscriptions = {
    DisputeOpened: [follow_part.follow_dispute],
    LawyerAssigned: [follow_part.follow_lawyer],
    DisputeClosed: [follow_part.end_dispute],
    ApplicationOpened: [follow_part.follow_application],
    ApplicationClosed: [follow_part.end_application],
}
