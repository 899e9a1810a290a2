using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.PersonalHours;

/// <summary><c>/escalate hours</c>: shows when somebody works, and sets it (UPD-4).</summary>
internal sealed class SetHours(
    PeopleTimes times,
    PeopleDirectory people,
    RoleStore roles,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<UserId?> Whose = new(
        "person",
        "[@person]",
        source =>
            SentenceMarks.Name(source.Next, '@') is not null
                ? Named(Arguments.User("person", "").Reader(source))
                : ReadArgument.Absent<UserId?>()
    )
    {
        IsOptional = true,
        Hint = "Whose hours? Write the at-name, as in `@name`, or nothing for your own.",
    };

    private static readonly Parameter<string> Hours = Arguments
        .Rest("hours", $"Which hours? {HoursReading.Examples}")
        .OrNothing();

    // Everybody may see them; who may set them is asked below.
    public static Permission Permission { get; } = Permission.Everybody("see when somebody works");

    public static CommandSpec Spec { get; } =
        new("hours", "Show or set when you work", Whose, Hours)
        {
            Examples =
            [
                "hours",
                "hours 07:00-15:00",
                "hours mon-thu 09:00-15:00",
                "hours mon-thu",
                "hours default",
                "hours @engineer 07:00-15:00",
            ],
            Details =
                "One span of the day, by the clock of the zone in your Mattermost profile. Days alone leave the hours as they are. What can wait is asked in these hours only; leads and administrators may set those of others.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var person = call.Get(Whose) ?? by;
        if (call.Get(Hours) is not { Length: > 0 } text)
        {
            return Reply.Say(await Shown(person, by, cancel));
        }

        var actor = await roles.Of(by, cancel);
        if (!HoursRights.Set.Allows(actor, isRelated: person == by))
        {
            return Reply.No(await roles.Refuse(HoursRights.Set, by, cancel));
        }

        var zone = (await times.Of(person, cancel)).Zone;
        if (HoursReading.Read(text, out var problem, zone) is not { } reading)
        {
            return Reply.No(
                Markdown.Of(
                    $"{Markdown.Sentence(problem)} Nothing was changed. {Markdown.Sentence(HoursReading.Examples)}"
                )
            );
        }

        return person != by && WhyNot(person, await people.Find(person, cancel)) is { } why
            ? Reply.No(Markdown.Of($"{why} Nothing was changed."))
            : await Set(
                new PersonHours(
                    person,
                    reading.KeepsHours ? (await times.Hours(person, cancel)).Hours : reading.Hours,
                    reading.Days
                ),
                by,
                cancel
            );
    }

    private async Task<Reply> Set(PersonHours next, UserId by, CancellationToken cancel)
    {
        var told =
            next.Hours is null && next.Days is null
                ? Markdown.Of($"{by} set your working hours back to the team’s.")
                : Markdown.Of(
                    $"{by} set your working hours to {Written(next.Hours, next.Days)}. {Markdown.Code($"/{SlashCommand.Trigger} hours")} shows and changes them."
                );
        var isNew = await times.Set(next, by, told, cancel);
        var shown = await Shown(next.Person, by, cancel);
        return Reply.Say(isNew ? shown : Markdown.Of($"Nothing was changed. {shown}"));
    }

    private async Task<Markdown> Shown(UserId person, UserId by, CancellationToken cancel)
    {
        var time = await times.Of(person, cancel);
        var own = await times.Hours(person, cancel);
        var whose =
            person == by
                ? Markdown.Of($"Your working hours")
                : Markdown.Of($"The working hours of {person}");
        var origin = own.Hours is null && own.Days is null ? "the team’s" : "their own";
        if (person == by && origin != "the team’s")
        {
            origin = "your own";
        }

        var unknown = await people.UnknownZoneOf(person, cancel) is { } zone
            ? Markdown.Of(
                $" The zone of the profile, “{zone}”, is not one that this machine knows: the team’s is used until another one is chosen there."
            )
            : Markdown.None;
        return Markdown.Of(
            $"{whose}: {Written(time.Hours, [.. time.Calendar.Days])}, {Markdown.Typed(time.Zone.Id)} ({Markdown.Sentence(origin)}). {Away(time)}{unknown}"
        );
    }

    private Markdown Away(PersonTime time)
    {
        var now = clock.GetUtcNow();
        return time.Absence switch
        {
            null when time.Calendar.IsWorkingTime(now, time.Zone) => Markdown.Of($"At work now."),
            null => Markdown.Of(
                $"At work again {Markdown.Sentence(Times.Ahead(time.NextAskable(now), time.Zone, now))}."
            ),
            { IsLong: var isLong, Until: var until } => Markdown.Of(
                $"{Markdown.Sentence(isLong ? "Out of office" : "Do not disturb")}{Markdown.Sentence(until is { } end ? $" until {Times.Ahead(end, time.Zone, now)}" : "")}, as Mattermost shows."
            ),
        };
    }

    private static Markdown Written(WorkingHours? hours, IReadOnlyCollection<DayOfWeek>? days) =>
        Markdown.Of(
            $"**{Markdown.Sentence(string.Join(' ', new[] { days is null ? "" : WeekDays.Write(days), hours is null ? "" : $"{hours.From}–{hours.To}" }.Where(w => w.Length > 0)))}**"
        );

    private static ReadArgument<UserId?> Named(ReadArgument<UserId> read) =>
        read.Problem is { } problem
            ? ReadArgument.Wrong<UserId?>(problem)
            : ReadArgument.Of<UserId?>(read.Value, read.Taken);

    private static Markdown? WhyNot(UserId person, ChatPerson? known) =>
        known switch
        {
            null => Markdown.Of($"Mattermost knows nobody with that name."),
            { IsBot: true } => Markdown.Of($"{person} is a bot and has no working hours."),
            { IsDeactivated: true } => Markdown.Of($"The account of {person} is deactivated."),
            _ => null,
        };
}
