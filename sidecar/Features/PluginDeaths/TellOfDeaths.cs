using System.Globalization;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.PluginDeaths;

/// <summary>
/// Administrators are told of deaths by direct message before Mattermost gives up, and once more when it had to be
/// switched on again.
/// </summary>
internal sealed class TellOfDeaths(Store store, RoleStore roles, PeopleDirectory people) : IDueTask
{
    public static string Kind => "plugin-deaths.tell";

    /// <summary>Where, and which death within the hour.</summary>
    public static string Id(string machine, int deaths) =>
        string.Create(CultureInfo.InvariantCulture, $"{deaths}/{machine}");

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var change = new Change(call.Now, Kind).Due(Kind, call.Id, null);
        if (
            call.Id.Split('/', 2) is [var number, var machine]
            && int.TryParse(number, CultureInfo.InvariantCulture, out var deaths)
            && await store.Find(ProcessLife.Kind, machine, cancel) is { Value: var life }
            // Each is told as it stands: of the third, and not of the second as well.
            && (deaths >= ProcessLife.GivesUpAfter || life.Deaths.Length == deaths)
        )
        {
            foreach (var person in await roles.Holders(Role.Administrator, cancel))
            {
                var zone = await people.ZoneOf(person, cancel);
                change.Do(
                    new Effect.TellPerson(
                        person,
                        deaths < ProcessLife.GivesUpAfter
                            ? NearlyGivenUp(machine, life, zone)
                            : WasGivenUp(machine, life, call.DueAt, zone)
                    )
                    {
                        About = "a plugin that ended unexpectedly",
                    }
                );
            }
        }

        await store.Commit(change, cancel);
    }

    private static Markdown NearlyGivenUp(string machine, ProcessLife life, TimeZoneInfo zone) =>
        Markdown.Lines([
            Markdown.Of(
                $":warning: **My process on {machine} ended unexpectedly twice within an hour**, the last time at about {Times.At(life.Deaths[^1], zone)}. Mattermost started it again. Nothing that I had confirmed is lost; what fell due meanwhile is done now."
            ),
            Markdown.Of(
                $"If it ends once more before {Times.At(life.Deaths[^2] + ProcessLife.Window, zone)}, Mattermost leaves me switched off: then `/escalate`, buttons and reminders do nothing until somebody enables me again in *System Console > Plugins > Plugin Management > Escalate*."
            ),
            Advice(),
        ]);

    private static Markdown WasGivenUp(
        string machine,
        ProcessLife life,
        DateTimeOffset back,
        TimeZoneInfo zone
    ) =>
        Markdown.Lines([
            Markdown.Of(
                $":rotating_light: **My process on {machine} ended unexpectedly three times within an hour.** After that Mattermost leaves me switched off until somebody enables me again. So I was away from about {Times.At(life.Deaths[^1], zone)} to {Times.At(back, zone)}. Nothing that I had confirmed is lost; what fell due meanwhile is done now, later than it should have been."
            ),
            Markdown.Of(
                $"Should it happen again: *System Console > Plugins > Plugin Management > Escalate* > *Enable*."
            ),
            Advice(),
        ]);

    private static Markdown Advice() =>
        Markdown.Of(
            $"What to do: see in Mattermost’s log what the lines of `escalate` say before that time, and in the machine’s whether it ran out of memory (`dmesg`, or `OOMKilled` of a container); then give it more. Restarting Mattermost begins the count anew. `/escalate doctor` looks at everything else."
        );
}

/// <summary>Deaths of the process that Mattermost runs (UP-1).</summary>
internal sealed class PluginDeathsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature.Due<TellOfDeaths>().Runs<NoticeDeaths>();
}
