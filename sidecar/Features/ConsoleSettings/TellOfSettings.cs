using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.ConsoleSettings;

/// <summary>
/// Whoever saves settings in the System Console gets no answer there: what can't be used is told to administrators by
/// direct message.
/// </summary>
internal sealed class TellOfSettings(Store store, RoleStore roles) : IDueTask
{
    /// <summary>More is rather a text that went wrong as a whole.</summary>
    private const int MostShown = 10;

    public static string Kind => "console-settings.tell";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var change = new Change(call.Now, Kind).Due(Kind, call.Id, null);
        if (await store.Find(RefusedSettings.Kind, call.Id, cancel) is { Value: var refused })
        {
            foreach (var person in await roles.Holders(Role.Administrator, cancel))
            {
                change.Do(
                    new Effect.TellPerson(person, Text(refused))
                    {
                        About = "settings that can’t be used",
                    }
                );
            }
        }

        await store.Commit(change, cancel);
    }

    private static Markdown Text(RefusedSettings refused) =>
        Markdown.Lines([
            Markdown.Of(
                $":warning: **My settings in the System Console can’t be used; those from before go on.**"
            ),
            .. refused.Problems.Take(MostShown).Select(p => Markdown.Of($"- {Markdown.Typed(p)}")),
            .. refused.Problems.Length > MostShown
                ? [Markdown.Of($"- … and {refused.Problems.Length - MostShown} more")]
                : Array.Empty<Markdown>(),
            Markdown.Of(
                $"What to do: *System Console > Plugins > Escalate*, fix what is named, and save. It is used at once; a field that is cleared has its default again."
            ),
        ]);
}

/// <summary>Settings of the System Console that can’t be used (UP-1).</summary>
internal sealed class ConsoleSettingsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature.Due<TellOfSettings>().Shares<SettingsVerdict>();
}
