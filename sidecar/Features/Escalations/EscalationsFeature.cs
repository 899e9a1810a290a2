using Sidecar.Features.AgendaItems;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Features.Escalations.Reminders;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Features.Help;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>Escalations: raised, routed, listed, moved from state to state, reminded of.</summary>
internal sealed class EscalationsFeature : IFeature
{
    public static void Register(FeatureBuilder feature)
    {
        feature
            .Settings<EscalationSettings>()
            .Keeps(EscalationIndexes.Kind)
            .Shares<ReminderPlan>()
            .Shares<UpdateCadence>()
            .Shares<CardLinks>()
            .Adds<IEscalationPart, RaiserNotices>()
            .Adds<IEscalationPart, UpdateNotices>()
            .Adds<IEscalationPart, TaskNotices>()
            .Adds<IEscalationPart, IncidentPart>()
            .Shares<FollowUpPolicy>()
            .Shares<EscalationStore>()
            .Shares<SentAnswers>()
            .ShowsAgain<EscalationStore>()
            .Adds<IFactCatalog, EscalationsTold>()
            .Shares<EscalationLists>()
            .Shares<IntakePlace>()
            .Shares<EscalationIntake>()
            .Shares<IntakeNotes>()
            .Shares<RoutingStore>()
            .Shares<ChosenChannels>()
            .Shares<MoveEscalation>();
        feature.Adds<ICompletion, CompleteEscalations>();
        feature.Adds<IAgendaSource, EscalationsOnAgenda>();
        feature.PlaceDefault<OwnEscalation>(EscalationArguments.Id);
        Raise(feature);
        Read(feature);
        Move(feature);
        Route(feature);
        feature.Due<ClimbUnacknowledged>().Due<AskAboutStale>().Action<StillOnIt, EscalationRef>();
    }

    private static void Raise(FeatureBuilder feature) =>
        feature
            .Command<OpenIntake>()
            .OtherWords<RaiseByEmergencyWord>()
            .OtherWords<RaiseByCustomerName>()
            .Command<RaiseEscalation>()
            .Command<RaiseFromMessage>()
            .Dialog<IntakeDialog, IntakeState>()
            .Trigger<RaiseByTriggerWord>()
            .Action<RaiseAnyway, DraftRef>()
            .Action<OpenDraft, DraftRef>()
            .Due<ForgetDraft>()
            .Command<MergeEscalation>()
            .Action<MergeEscalation, MergeRef>()
            .Dialog<MergeEscalation, MergeRef>()
            .Dialog<ChooseMerge, EscalationRef>()
            .Dialog<ChooseCustomer, EscalationRef>()
            .Action<SayIsAnother, EscalationRef>()
            .Action<NameCustomer, CustomerRef>()
            .Action<AddMissing, EscalationRef>()
            .Dialog<AddMissing, EscalationRef>();

    private static void Read(FeatureBuilder feature) =>
        feature
            .Command<ListEscalations>()
            .Command<WhyEscalation>()
            .Command<FindEscalations>()
            .Command<ShowEscalation>()
            .Command<ShowTimeline>();

    private static void Move(FeatureBuilder feature) =>
        feature
            .Command<AcknowledgeEscalation>()
            .Action<AcknowledgeEscalation, EscalationRef>()
            .Command<AssignEscalation>()
            .Action<AssignEscalation, EscalationRef>()
            .Command<MoveOn>()
            .Action<MoveOn, EscalationRef>()
            .Command<ResolveEscalation>()
            .Action<AskForResolution, EscalationRef>()
            .Dialog<ResolveEscalation, EscalationRef>()
            .Command<ConfirmEscalation>()
            .Command<CloseEscalation>()
            .Command<ReopenEscalation>()
            .Command<CancelEscalation>()
            .Action<AskForWords, MoveRef>()
            .Dialog<GiveWords, MoveRef>()
            .Action<MoreMoves, EscalationRef>()
            .Command<EditEscalation>()
            .Shares<AskedCustomers>()
            .Dialog<EditEscalation, EditState>()
            .Command<LinkWork>()
            .Command<FollowEscalation>()
            .Action<FollowEscalation, EscalationRef>()
            .Command<UnfollowEscalation>()
            .Shares<ReactToEscalation>()
            .Reaction<AcknowledgeByReaction>()
            .Reaction<ResolveByReaction>();

    private static void Route(FeatureBuilder feature) =>
        feature
            .Command<AcceptEscalation>()
            .Command<ApproveEscalation>()
            .Action<ApproveEscalation, EscalationRef>()
            .Command<DeclineEscalation>()
            .Command<RedirectEscalation>()
            .Action<RedirectEscalation, EscalationRef>()
            .Dialog<RedirectEscalation, EscalationRef>()
            .Due<ReviewCustomer>()
            .Topic(Topics.SettingUp)
            .Command<ListTeams>()
            .Command<SetTeamChannel>()
            .Command<SetDuty>();
}
