using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.People;
using Sidecar.Scheduling;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Week;

/// <summary>How the sidecar is killed at a step.</summary>
internal enum Cut
{
    /// <summary>Right after the answer, with everything that it means still to be done.</summary>
    AfterAnswer,

    /// <summary>Mattermost has done what it was asked for, and its answers were lost.</summary>
    AnswersOfMattermostLost,

    /// <summary>It was done, but whoever did it got no answer, and does it once more.</summary>
    AnswerToPersonLost,
}

/// <summary>The week on a desk of its own, with the sidecar killed at one step, or never.</summary>
internal sealed class WeekRun : IAsyncDisposable
{
    private readonly Desk _desk;
    private readonly LostAnswers _answers;
    private readonly Func<int, Cut?> _cut;
    private readonly WeekTranscript _transcript;

    private WeekRun(Desk desk, LostAnswers answers, Func<int, Cut?> cut)
    {
        (_desk, _answers, _cut) = (desk, answers, cut);
        _transcript = new WeekTranscript(desk, SevOneWeek.Berlin);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Plays the week.</summary>
    /// <param name="cut">How the sidecar is killed at a step, counted from 0; null: never.</param>
    public static async Task<IReadOnlyList<ToldStep>> Play(Func<int, Cut?>? cut = null)
    {
        using var answers = new LostAnswers();
        var desk = await Desk.Open(
            new SimulatorOptions { Integrations = answers },
            SevOneWeek.Settings,
            at: SevOneWeek.Moment(SevOneWeek.Steps[0].At).AddHours(-1)
        );
        await using var run = new WeekRun(desk, answers, cut ?? (_ => null));
        await run.SetUp();
        for (var i = 0; i < SevOneWeek.Steps.Count; i++)
        {
            await run.Step(i);
        }

        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Pump.Health.Queued.ShouldBe(0);
        desk.Pump.Health.Parked.ShouldBe(0);
        return run._transcript.Steps;
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private async Task SetUp()
    {
        var mattermost = _desk.Mattermost;
        foreach (
            var (who, roles) in (IEnumerable<(string, Role[])>)
                [
                    ("backup", [Role.DeploymentEngineer]),
                    ("csm", [Role.CustomerSuccessManager]),
                    ("cslead", [Role.CustomerSuccessLead]),
                    ("celead", [Role.CustomerEngineeringLead]),
                    ("saleslead", [Role.SalesLead]),
                    ("ielead", [Role.ImplementationLead]),
                ]
        )
        {
            await _desk.Hires(who, roles);
        }

        foreach (
            var (who, zone) in (IEnumerable<(string, string)>)
                [
                    ("tam", "Europe/London"),
                    ("engineer", "Europe/Berlin"),
                    ("lead", "Europe/Berlin"),
                    ("cslead", "Europe/London"),
                    ("backup", "Asia/Kolkata"),
                    ("executive", "America/New_York"),
                    ("admin", "Europe/Berlin"),
                ]
        )
        {
            mattermost.ChangeUser(
                who,
                u => u with { Timezone = new UserTimezone("false", "", zone) }
            );
        }

        mattermost.AddChannel(
            SevOneWeek.Home,
            members: ["tam", "csm", "engineer", "lead", "escalate"]
        );
        mattermost.AddChannel(
            SevOneWeek.Broadcast,
            members: ["tam", "csm", "engineer", "lead", "executive", "escalate"]
        );
        await _desk.Types("lead", "/escalate duty @engineer @backup");
        await _desk.Types("lead", $"/escalate broadcast sev1 ~{SevOneWeek.Broadcast}");
        await _desk.Types("lead", "/escalate customer set acme csm @csm");
        await _desk.Types("lead", "/escalate customer set acme tam @tam");
        // Only now: whoever left was here when they were chosen.
        mattermost.LeaveTeam("csm");
        // What it knew of them is forgotten.
        await _desk.RestartSidecar();
        foreach (var who in (string[])["tam", "engineer", "lead", "cslead", "backup", "executive"])
        {
            await _desk.Meets(who);
        }

        await _desk.Settled();
        _transcript.Begin();
    }

    private async Task Step(int index)
    {
        var step = SevOneWeek.Steps[index];
        var cut = _cut(index);
        var at = SevOneWeek.Moment(step.At);
        var answer = "";
        try
        {
            if (step.Act is { } act)
            {
                await Passes(at, cut: null);
                answer = await Done(act, cut);
            }
            else
            {
                await Passes(at, cut);
            }

            await Settles();
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"Step {index + 1}, {step.Title}", problem);
        }

        _transcript.Told(step, answer);
    }

    private async Task<string> Done(Func<Desk, Task<string>> act, Cut? cut)
    {
        if (cut is null)
        {
            return await act(_desk);
        }

        if (cut == Cut.AnswersOfMattermostLost)
        {
            LoseAnswers();
        }

        _answers.AreLost = cut == Cut.AnswerToPersonLost;
        var answer = await act(_desk);
        _answers.AreLost = false;
        await Killed(cut.Value);
        return cut == Cut.AnswerToPersonLost ? await act(_desk) : answer;
    }

    /// <summary>Time passes; what falls due on the way is done at its time, and there the sidecar is killed.</summary>
    private async Task Passes(DateTimeOffset until, Cut? cut)
    {
        await Settles();
        while (_desk.Parts.GetRequiredService<DueTimer>().At is { } next && next <= until)
        {
            if (cut == Cut.AnswersOfMattermostLost)
            {
                LoseAnswers();
            }

            _desk.Clock.AdvanceTo(next);
            if (cut is { } how)
            {
                await Killed(how);
            }

            await Settles();
        }

        _desk.Clock.AdvanceTo(until);
        await Settles();
    }

    private async Task Killed(Cut cut)
    {
        if (cut == Cut.AnswersOfMattermostLost)
        {
            await _desk.Settled();
        }

        await _desk.KillSidecar();
        _desk.Mattermost.Faults.Clear();
        await _desk.StartSidecar();
        await Settles();
    }

    /// <summary>
    /// Until nothing is left to do or to deliver: what was delivered may be heard, and mean more. What has to be tried
    /// again takes some seconds.
    /// </summary>
    private async Task Settles()
    {
        await _desk.Settled();
        for (var i = 0; i < 60 && !IsDone(); i++)
        {
            if (_desk.Pump.Health.Queued > 0)
            {
                _desk.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await _desk.Settled();
        }
    }

    private bool IsDone() =>
        _desk.Pump.Health.Queued == 0
        && !(_desk.Parts.GetRequiredService<DueTimer>().At <= _desk.Clock.GetUtcNow());

    private void LoseAnswers() =>
        _desk.Mattermost.Faults.Next(
            1000,
            request =>
                request.Method is "POST" or "PUT"
                && IsByBot(request.Path)
                && !request.Path.EndsWith("/ids", StringComparison.Ordinal),
            Fault.ResetAfter
        );

    /// <summary>What people's clients and the sidecar's questions ask for is answered.</summary>
    private static bool IsByBot(string path) =>
        !path.Contains("/commands/", StringComparison.Ordinal)
        && !path.Contains("/actions/", StringComparison.Ordinal)
        && !path.EndsWith("/reactions", StringComparison.Ordinal)
        && !path.Contains("/search", StringComparison.Ordinal);

    /// <summary>Carries what Mattermost asks of the sidecar, and can lose what that answers.</summary>
    private sealed class LostAnswers() : DelegatingHandler(new SocketsHttpHandler())
    {
        public bool AreLost { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (!AreLost)
            {
                return answer;
            }

            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            answer.Dispose();
            throw new HttpRequestException("The answer was lost.");
        }
    }
}
