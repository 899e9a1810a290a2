using Shouldly;
using Sidecar.Storage.Sqlite;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

public sealed class RecentReadsTests
{
    private long _commits;
    private int _asked;

    [Fact]
    public async Task What_is_asked_again_between_two_commits_is_answered_from_memory()
    {
        var recent = new RecentReads(() => _commits);
        for (var i = 0; i < 5; i++)
        {
            (await recent.Of("question", () => Answer(i))).ShouldBe(i < 2 ? i : 1);
        }

        _asked.ShouldBe(2);
    }

    [Fact]
    public async Task After_a_commit_it_is_asked_anew()
    {
        var recent = new RecentReads(() => _commits);
        await recent.Of("question", () => Answer(1));
        await recent.Of("question", () => Answer(1));
        _commits++;
        (await recent.Of("question", () => Answer(2))).ShouldBe(2);
    }

    [Fact]
    public async Task A_commit_while_it_is_asked_makes_the_answer_old_at_once()
    {
        var recent = new RecentReads(() => _commits);
        await recent.Of("question", () => Answer(1));
        await recent.Of(
            "question",
            () =>
            {
                _commits++;
                return Answer(1);
            }
        );
        (await recent.Of("question", () => Answer(2))).ShouldBe(2);
    }

    [Fact]
    public async Task Other_questions_have_other_answers()
    {
        var recent = new RecentReads(() => _commits);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 1000; i++)
            {
                var mine = i;
                (await recent.Of(i, () => Answer(mine))).ShouldBe(i);
            }
        }
    }

    private ValueTask<int> Answer(int answer)
    {
        _asked++;
        return ValueTask.FromResult(answer);
    }
}
