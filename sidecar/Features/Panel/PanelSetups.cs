using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Features.Panel;

/// <summary>What is left to set up, as the panel asks for it.</summary>
internal sealed class PanelSetups(IEnumerable<IPanelSetup> all, PanelPeople people)
{
    /// <returns>Null for who does not set the product up, and when nothing is left.</returns>
    public async ValueTask<PanelSetup?> Of(UserId reader, CancellationToken cancel)
    {
        List<SetupStep> steps = [];
        foreach (var one in all)
        {
            steps.AddRange(await one.Steps(reader, cancel) ?? []);
        }

        if (steps.TrueForAll(s => s.IsDone))
        {
            return null;
        }

        var texts = await people.Write([.. steps.Select(s => s.Says)], cancel);
        return new PanelSetup(
            steps.Count(s => s.IsDone),
            [
                .. steps.Select(
                    (step, i) =>
                        new PanelStep(
                            step.Title,
                            step.IsDone,
                            texts[i],
                            step.Press is var (label, name)
                                ? new PanelAction(label, new PanelAsk { Step = name })
                                : null
                        )
                ),
            ]
        );
    }

    /// <returns>Null when there is no such step.</returns>
    public async Task<Reply?> Press(string step, Envelope from, CancellationToken cancel)
    {
        foreach (var one in all)
        {
            if (await one.Press(step, from, cancel) is { } reply)
            {
                return reply;
            }
        }

        return null;
    }
}
