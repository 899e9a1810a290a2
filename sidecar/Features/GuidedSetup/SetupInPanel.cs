using Sidecar.Features.Panel;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Features.GuidedSetup;

/// <summary>The steps of the set-up in the panel, for administrators alone (SET-1).</summary>
internal sealed class SetupInPanel(GuidedQueries facts, PressStep press, Router router)
    : IPanelSetup
{
    public async ValueTask<IReadOnlyList<SetupStep>?> Steps(
        UserId reader,
        CancellationToken cancel
    ) =>
        await router.WhyNot(GuidedRights.SetUp, reader, cancel) is not null
            ? null
            :
            [
                .. GuidedSteps
                    .Of(await facts.Now(cancel))
                    .Select(step => new SetupStep(
                        step.Title,
                        step.IsDone,
                        GuidedSteps.Sentences([step.Says, step.Lacks]),
                        step.Press is { } what ? (GuidedCard.Label(what), $"{what}") : null
                    )),
            ];

    public async Task<Reply?> Press(string step, Envelope from, CancellationToken cancel) =>
        Choices.Read(step, Enum.GetValues<GuidedPress>()) is not { } what ? null
        : await router.WhyNot(GuidedRights.SetUp, from.User, cancel) is { } why ? Reply.No(why)
        : await press.Do(what, from, cancel);
}
