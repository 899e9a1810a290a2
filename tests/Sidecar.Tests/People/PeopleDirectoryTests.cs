using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Outbox;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.People;

public sealed class PeopleDirectoryTests : IAsyncLifetime
{
    private static readonly UserId Tam = new("tamid");

    private PumpBench _bench = null!;
    private PeopleDirectory _people = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await PumpBench.Start();
        _people = NewLife();
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_name_met_on_the_way_is_known_at_once_and_after_a_restart()
    {
        _people.Learn(Tam, "tam");
        _people.NameOf(Tam).ShouldBe("tam");
        await _people.CatchUp(Cancel);

        var later = NewLife();
        _bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        await later.Know([Tam], Cancel);

        later.NameOf(Tam).ShouldBe("tam");
    }

    [Fact]
    public async Task ALL_3_Who_goes_before_anything_was_written_of_them_is_noted_as_gone_once()
    {
        await _people.Account(Tam, Cancel);
        _bench.Chat.Account = person => person with { IsDeactivated = true };
        _people.Doubt(Tam);
        await _people.Account(Tam, Cancel);
        await _people.CatchUp(Cancel);
        (await Gone()).ShouldBe([Tam.Value]);

        await _bench.Store.Commit(
            new Change(DateTimeOffset.UnixEpoch, "test").Due(
                PeopleDirectory.WentAway,
                Tam.Value,
                null
            ),
            Cancel
        );
        _people.Doubt(Tam);
        await _people.Account(Tam, Cancel);
        await _people.CatchUp(Cancel);
        (await Gone()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_3_Of_whom_something_changed_is_asked_again_where_Mattermost_did_not_answer()
    {
        await _people.Account(Tam, Cancel);
        await _people.CatchUp(Cancel);
        _bench.Chat.Account = person => person with { IsDeactivated = true };
        _people.Doubt(Tam);
        _bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        for (var times = 0; times < 3; times++)
        {
            await _people.CatchUp(Cancel);
            _people.IsGone(Tam).ShouldBeFalse();
            _bench.Clock.Advance(PeopleDirectory.TryAgainAfter);
        }

        _bench.Chat.Mishaps = (_, _) => Mishap.None;
        await _people.CatchUp(Cancel);
        _people.IsGone(Tam).ShouldBeTrue();
        (await Gone()).ShouldBe([Tam.Value]);
        var asked = _bench.Chat.Requests.Count;
        _bench.Clock.Advance(PeopleDirectory.TryAgainAfter);
        await _people.CatchUp(Cancel);
        _bench.Chat.Requests.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task ALL_3_An_answer_from_before_does_not_replace_one_that_was_asked_for_after_a_change()
    {
        await _people.Account(Tam, Cancel);
        var slow = new TaskCompletionSource();
        var before = new TaskCompletionSource();
        _bench.Chat.Late = async () =>
        {
            before.TrySetResult();
            await slow.Task;
        };
        var old = _people.Now(Tam, Cancel);
        await before.Task;
        _bench.Chat.Late = null;
        _bench.Chat.Account = person => person with { IsDeactivated = true };
        _people.Doubt(Tam);
        await _people.Now(Tam, Cancel);
        slow.SetResult();
        await old;
        _people.IsGone(Tam).ShouldBeTrue();
    }

    private async Task<IEnumerable<string>> Gone() =>
        (await _bench.Store.Engine.ReadDue(DateTimeOffset.MaxValue, null, 10, Cancel))
            .Where(due => due.Kind == PeopleDirectory.WentAway)
            .Select(due => due.Id);

    [Fact]
    public async Task Only_what_changed_is_written()
    {
        for (var i = 0; i < 5; i++)
        {
            _people.Learn(Tam, "tam");
            await _people.CatchUp(Cancel);
        }

        (await Version()).ShouldBe(1);
        _people.Learn(Tam, "tam2");
        await _people.CatchUp(Cancel);
        (await Version()).ShouldBe(2);

        var later = NewLife();
        later.Learn(Tam, "tam2");
        await later.CatchUp(Cancel);
        (await Version()).ShouldBe(2);
    }

    [Fact]
    public async Task Who_was_never_met_is_asked_for_once()
    {
        _bench.Chat.Names = _ => "tam";

        (await _people.Find(Tam, Cancel))!.Username.ShouldBe("tam");
        await _people.Find(Tam, Cancel);
        await _people.CatchUp(Cancel);
        _bench.Chat.Requests.Count.ShouldBe(1);

        // In another life of the process they may have another name.
        _bench.Chat.Names = _ => "renamed";
        (await NewLife().Find(Tam, Cancel))!.Username.ShouldBe("renamed");
        _bench.Chat.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_stays_nobody()
    {
        _bench.Chat.Names = _ => null;

        (await _people.Find(Tam, Cancel)).ShouldBeNull();
        _people.NameOf(Tam).ShouldBeNull();
    }

    [Fact]
    public async Task P1_A_name_is_good_for_a_minute_and_then_asked_for()
    {
        _bench.Chat.Names = _ => "tam";
        await _people.Find(Tam, Cancel);
        _bench.Chat.Names = _ => "renamed";
        _bench.Clock.Advance(TimeSpan.FromSeconds(60));
        (await _people.Find(Tam, Cancel))!.Username.ShouldBe("tam");
        _bench.Chat.Requests.Count.ShouldBe(1);
        _bench.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _people.Find(Tam, Cancel))!.Username.ShouldBe("renamed");
        _people.NameOf(Tam).ShouldBe("renamed");
        _bench.Chat.Requests.Count.ShouldBe(2);
        // What Mattermost says of it counts at once, and before somebody is mentioned there must be an answer.
        _bench.Chat.Names = _ => "again";
        _people.Doubt(Tam);
        _bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        await Should.ThrowAsync<ChatException>(() => _people.KnowBeforeMentioning([Tam], Cancel));
        _bench.Chat.Mishaps = (_, _) => Mishap.None;
        await _people.KnowBeforeMentioning([Tam], Cancel);
        _people.NameOf(Tam).ShouldBe("again");
    }

    [Fact]
    public async Task While_Mattermost_is_away_a_known_name_is_enough()
    {
        _bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        _people.Learn(Tam, "tam");

        (await _people.Find(Tam, Cancel)).ShouldBe(new ChatPerson(Tam, "tam", null, false, false));
        await Should.ThrowAsync<ChatException>(() =>
            _people.Know([Tam, new UserId("stranger")], Cancel)
        );
    }

    [Fact]
    public async Task A_zone_once_known_survives_a_new_name()
    {
        var zoned = new KnownPerson(Tam, "tam")
        {
            TimeZone = "Europe/Berlin",
            AskedAt = _bench.Clock.GetUtcNow(),
        };
        var change = new Change(_bench.Clock.GetUtcNow(), "test");
        await _bench.Store.Commit(change.Add(KnownPerson.Kind, Tam.Value, zoned), Cancel);

        _people.Learn(Tam, "renamed");
        await _people.CatchUp(Cancel);

        _bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        var found = await NewLife().Find(Tam, Cancel);
        (found!.Username, found.TimeZone).ShouldBe(("renamed", "Europe/Berlin"));
    }

    [Fact]
    public void Memory_is_bounded_and_keeps_who_was_just_spoken_of()
    {
        var recent = new RecentByPerson<KnownPerson>(100);
        for (var i = 0; i < 10_000; i++)
        {
            recent.Change(new UserId($"{i}"), _ => new KnownPerson(new UserId($"{i}"), $"{i}"));
            recent.Find(new UserId("0")).ShouldNotBeNull();
        }

        Enumerable
            .Range(0, 10_000)
            .Count(i => recent.Find(new UserId($"{i}")) is not null)
            .ShouldBeInRange(100, 200);
    }

    private PeopleDirectory NewLife() =>
        new(
            _bench.Store,
            _bench.Chat,
            new WorkingTime(new TeamTimeSettings()),
            _bench.Clock,
            NullLogger<PeopleDirectory>.Instance
        );

    private async Task<long> Version() =>
        (await _bench.Store.Find(KnownPerson.Kind, Tam.Value, Cancel))!.Version;
}
