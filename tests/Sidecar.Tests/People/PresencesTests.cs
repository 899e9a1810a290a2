using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Outbox;
using Xunit;

namespace Sidecar.Tests.People;

/// <summary>Who is away, while Mattermost says so, while it says nothing, and while it hangs.</summary>
public sealed class PresencesTests
{
    private static readonly UserId Tam = new("tam");
    private static readonly UserId Lead = new("lead");

    private readonly ManualClock _clock = new();
    private readonly ModelChat _chat;
    private readonly KnownPresences _presences;
    private readonly List<IReadOnlyCollection<UserId>> _asked = [];
    private ChatPresence _said = new(Tam, ChatStatus.Online, null, "", "");

    public PresencesTests()
    {
        _chat = new ModelChat(_clock);
        _presences = new KnownPresences(
            _chat,
            new PeopleSettings(),
            _clock,
            NullLogger<KnownPresences>.Instance
        );
        Answers();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ChatStatus.Online, "", "", null)]
    [InlineData(ChatStatus.Away, "lunch", "fork_and_knife", null)]
    [InlineData(ChatStatus.OutOfOffice, "", "", true)]
    [InlineData(ChatStatus.DoNotDisturb, "", "", false)]
    [InlineData(ChatStatus.DoNotDisturb, "On vacation!", "", true)]
    [InlineData(ChatStatus.Offline, "", "palm_tree", true)]
    [InlineData(ChatStatus.Online, "feeling better", "face_with_thermometer", true)]
    [InlineData(ChatStatus.Online, "OOO until Monday", "", true)]
    [InlineData(ChatStatus.Online, "sharpening sickles", "", null)]
    public async Task Absences_are_what_people_let_Mattermost_show(
        ChatStatus status,
        string text,
        string emoji,
        bool? isLong
    )
    {
        var end = _clock.GetUtcNow().AddHours(2);
        _said = new ChatPresence(Tam, status, end, text, emoji);
        var absence = await Tams();
        absence?.IsLong.ShouldBe(isLong!.Value);
        (absence is null).ShouldBe(isLong is null);
        if (status != ChatStatus.OutOfOffice && absence is not null)
        {
            absence.Until.ShouldBe(end);
            _clock.Advance(TimeSpan.FromHours(2));
            (await Tams()).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Several_are_asked_for_at_once_and_the_answer_holds_for_five_minutes()
    {
        await _presences.Of([Tam, Lead, Tam], Cancel);
        await _presences.Of([Lead], Cancel);
        _asked.ShouldHaveSingleItem().ShouldBe([Tam, Lead], ignoreOrder: true);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await _presences.Of([Tam], Cancel);
        _asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_last_heard_counts_for_an_hour_of_silence()
    {
        _said = _said with { Status = ChatStatus.OutOfOffice };
        await Tams();
        _chat.Presence = (_, _) => throw new ChatException(ChatProblem.Uncertain, "gone");
        _clock.Advance(TimeSpan.FromMinutes(59));
        (await Tams()).ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await Tams()).ShouldBeNull();

        Answers();
        (await Tams()).ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await Tams()).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nobody_waits_for_a_Mattermost_that_hangs()
    {
        var never = new TaskCompletionSource<IReadOnlyList<ChatPresence>>();
        _chat.Presence = (people, _) =>
        {
            _asked.Add(people);
            return never.Task;
        };
        var waiting = Tams();
        waiting.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(3));
        (await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBeNull();

        (await Tams().WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBeNull();
        _asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_gives_up_is_told_so()
    {
        using var given = new CancellationTokenSource();
        _chat.Presence = (_, cancel) =>
            Task.FromCanceled<IReadOnlyList<ChatPresence>>(new CancellationToken(true));
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await _presences.Of([Tam], given.Token)
        );
    }

    [Fact]
    public void Settings_that_could_match_nothing_are_refused()
    {
        new PeopleSettings().Problems().ShouldBeEmpty();
        new PeopleSettings { AwayWords = ["", "…"], AwayEmojis = [":palm_tree:"] }
            .Problems()
            .Select(p => p.Key)
            .ShouldBe(["awayWords", "awayWords", "awayEmojis"]);
    }

    private void Answers() =>
        _chat.Presence = (people, _) =>
        {
            _asked.Add(people);
            return Task.FromResult<IReadOnlyList<ChatPresence>>([_said]);
        };

    private async Task<Absence?> Tams() =>
        (await _presences.Of([Tam], Cancel)).GetValueOrDefault(Tam);
}
