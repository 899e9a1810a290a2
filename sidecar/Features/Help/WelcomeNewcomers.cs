using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Settings;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Help;

/// <summary>
/// Who types a command for the first time is told in two sentences what the product is, with the three commands that
/// their role uses most (SET-3). Once for each person; who asks for help sees the same there.
/// </summary>
internal sealed class WelcomeNewcomers(
    Store store,
    RoleStore roles,
    RegisteredParts registered,
    HelpSettings settings,
    TimeProvider clock
) : ICommandWitness
{
    private readonly ConcurrentDictionary<UserId, bool> _known = new();

    public async Task Saw(UserId by, CommandSpec? command, CancellationToken cancel)
    {
        if (
            !settings.WelcomeNewcomers
            || command == ShowHelp.Spec
            || !_known.TryAdd(by, true)
            || await store.Find(Welcome.Kind, by.Value, cancel) is not null
        )
        {
            return;
        }

        var now = clock.GetUtcNow();
        var granted = (await roles.GrantedTo(by, cancel)).Roles;
        // When another delivery of the same command was first, it has told them.
        await store.Commit(
            new Change(now, by.Value)
                .Add(Welcome.Kind, by.Value, new Welcome(by, now))
                .Do(
                    new Effect.TellPerson(by, Text(granted)) { About = "welcome", OnBehalfOf = by }
                ),
            cancel
        );
    }

    private Markdown Text(IReadOnlyCollection<Role> granted) =>
        Markdown.Lines([
            Markdown.Of(
                $":wave: This is where customers’ emergencies and requests are raised, worked on and followed up: whoever has to do something is told, and reminded until it is done. {(granted.Count == 0 ? Markdown.Of($"You will use these most:") : Markdown.Of($"As {granted.Joined("and")} you will use these most:"))}"
            ),
            .. CommandLines.Of(registered, MostUsed.Of(granted, MostUsed.PerRole)),
            Markdown.Of($"{Markdown.Code($"/{SlashCommand.Trigger} help")} shows the rest."),
        ]);
}

/// <summary>Somebody was welcomed.</summary>
/// <param name="Person">Who.</param>
/// <param name="At">When, UTC.</param>
internal sealed record Welcome(UserId Person, DateTimeOffset At)
{
    public static DocumentKind<Welcome> Kind { get; } = new("welcome", HelpJson.Default.Welcome);
}

/// <summary>What an administrator can change about help: section <c>help</c> of the settings file.</summary>
internal sealed record HelpSettings : ISettings<HelpSettings>
{
    public static string Section => "help";

    public static JsonTypeInfo<HelpSettings> Json => HelpSettingsJson.Default.HelpSettings;

    public static string Title => "Help";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "welcomeNewcomers",
            "Welcome newcomers",
            "Whoever types their first command gets a short introduction by direct message."
        ),
    ];

    /// <summary>Who types a command for the first time gets a word about it by direct message (SET-3).</summary>
    public bool WelcomeNewcomers { get; set; } = true;

    public IEnumerable<SettingProblem> Problems() => [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(HelpSettings))]
internal sealed partial class HelpSettingsJson : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Welcome))]
internal sealed partial class HelpJson : JsonSerializerContext;
