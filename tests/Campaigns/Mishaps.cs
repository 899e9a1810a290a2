using Campaigns.Model;
using Mattermost.Simulator;
using Microsoft.AspNetCore.Http;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;

namespace Campaigns;

/// <summary>What goes wrong, drawn from the same seed. Each comes, people go on where they can, and it is over.</summary>
internal sealed class Mishaps(
    Town town,
    Campaign campaign,
    Script script,
    Seeded dice,
    Chronicle chronicle,
    List<Case> cases
)
{
    private const int Endless = 1_000_000;
    private int _renamed;

    private MattermostSimulator Mattermost => town.Mattermost;

    /// <summary>Something is in the way of people's answers that does not keep reminders from coming.</summary>
    public bool IsBesides { get; private set; }

    /// <summary>Each kind once, in any order.</summary>
    public List<(string Name, Func<Task> Befalls)> Bag()
    {
        List<(string, Func<Task>)> all =
        [
            ("429", () => Answers(Fault.RateLimited(TimeSpan.FromSeconds(1 + dice.Below(5))))),
            ("500", () => Answers(Fault.Status(500))),
            ("502 of a proxy", () => Answers(Fault.Status(502))),
            ("503", () => Answers(Fault.Status(503))),
            ("reset before", () => Answers(Fault.ResetBefore)),
            ("reset after", () => Answers(Fault.ResetAfter)),
            ("hang", Hangs),
            ("Mattermost away for hours", Away),
            ("WebSocket lost", LosesLine),
            ("WebSocket silent", FallsSilent),
            ("Mattermost restarted", Restarts),
            ("sidecar killed", Killed),
            ("sidecar killed for hours", KilledForHours),
            ("sidecar stopped", Stopped),
            ("sidecar frozen", Frozen),
            ("answers to people lost", LosesAnswers),
            ("clock set back", () => SetsClock(isBack: true)),
            ("clock set forward", () => SetsClock(isBack: false)),
            ("renamed", Renames),
            ("archived", Archives),
            ("deleted", Deletes),
            ("receiver of webhooks away", ReceiverAway),
            ("zone with other rules", ChangesZone),
        ];
        if (town.Disk is not null)
        {
            all.Add(("disk full", DiskFull));
        }

        for (var i = all.Count - 1; i > 0; i--)
        {
            var j = dice.Below(i + 1);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all;
    }

    /// <summary>The next one of the bag; null when it is empty.</summary>
    public Func<Task>? Left(List<(string Name, Func<Task> Befalls)> bag)
    {
        if (bag is not [.., var (name, befalls)])
        {
            return null;
        }

        bag.RemoveAt(bag.Count - 1);
        return async () =>
        {
            chronicle.Note($"-- {name}");
            chronicle.Count($"fault {name}");
            await befalls();
            chronicle.Note($"-- over: {name}");
        };
    }

    /// <summary>Mattermost answers some of the bot's requests wrongly, amid the work.</summary>
    private Task Answers(Fault fault) =>
        InTrouble(
            town.Rota.Both,
            async () =>
            {
                Mattermost.Faults.Next(1 + dice.Below(25), IsByBot, fault);
                await Work(1 + dice.Below(4));
                Mattermost.Faults.Clear();
            }
        );

    /// <summary>Requests are held, and served when nobody may wait for them any more.</summary>
    private Task Hangs() =>
        InTrouble(
            town.Rota.Both,
            async () =>
            {
                var hang = Mattermost.Faults.HangNext(
                    1 + dice.Below(3),
                    r =>
                        IsByBot(r)
                        && r.Method is "POST" or "PUT"
                        && !r.Path.EndsWith("/ids", StringComparison.Ordinal)
                );
                var deed = script.Next();
                var doing = deed is null ? Task.CompletedTask : campaign.Do([deed]);
                await Task.WhenAny(doing, hang.UntilHeldAsync());
                for (var i = dice.Below(12); i > 0 && !doing.IsCompleted; i--)
                {
                    town.Desk.Clock.Advance(TimeSpan.FromSeconds(5));
                    await Task.Yield();
                }

                hang.Release();
                await doing;
                Mattermost.Faults.Clear();
            }
        );

    private Task Away() =>
        InTrouble(
            town.Rota.Both,
            async () =>
            {
                Mattermost.Faults.Next(
                    Endless,
                    _ => true,
                    dice.Below(3) switch
                    {
                        0 => Fault.ResetBefore,
                        1 => Fault.Status(502),
                        _ => Fault.Status(503),
                    }
                );
                Mattermost.Lines.Cut(town.Desk.Bot.Id);
                for (var i = 1 + dice.Below(6); i > 0; i--)
                {
                    await campaign.Passes(Minutes(10, 110));
                    if (script.NextByProgram() is { } deed)
                    {
                        await campaign.Do([deed]);
                    }
                }

                Mattermost.Faults.Clear();
            }
        );

    /// <summary>What is said on the line meanwhile is looked up afterwards; everything else goes on.</summary>
    private async Task LosesLine()
    {
        Mattermost.Lines.Cut(town.Desk.Bot.Id);
        if (dice.Below(2) == 0)
        {
            Mattermost.Lines.ForgetLost();
        }

        await Unheard();
    }

    private async Task FallsSilent()
    {
        Mattermost.Lines.Lose(town.Desk.Bot.Id, 1 + dice.Below(3));
        await Unheard();
        // Nobody asks for signs of life here: the line is noticed when it is cut.
        Mattermost.Lines.Cut(town.Desk.Bot.Id);
        await Recover();
    }

    /// <summary>Somebody reacts to a card while it can't be heard: it is heard later, and is theirs.</summary>
    private async Task Unheard()
    {
        var at = town.Now;
        town.Rota.Both.Begins(at);
        var deed = script.Reaction();
        var answer = deed is null ? null : await deed.Do();
        if (deed is not null)
        {
            chronicle.Note($"{deed.Who} {deed.What}, unheard");
        }

        Mattermost.Lines.Cut(town.Desk.Bot.Id);
        await Recover();
        town.Rota.Both.Ends(town.Now);
        if (deed is not null && answer is not null)
        {
            await campaign.Learn([(deed, answer)], town.Now);
        }
    }

    private Task Restarts() =>
        InTrouble(
            town.Rota.Both,
            async () =>
            {
                Mattermost.Faults.Next(1 + dice.Below(6), IsByBot, Fault.ResetAfter);
                Mattermost.DropWebSockets();
                Mattermost.Lines.ForgetLost();
                Mattermost.Faults.Next(5 + dice.Below(60), IsByBot, Fault.Status(503));
                await Work(1);
                Mattermost.Faults.Clear();
            }
        );

    /// <summary>In the middle of what people do; it is started again at once.</summary>
    private Task Killed() =>
        Down(async () =>
        {
            for (var i = 1 + dice.Below(4); i > 0; i--)
            {
                if (dice.Below(2) == 0)
                {
                    Mattermost.Faults.Next(1 + dice.Below(4), IsByBot, Fault.ResetAfter);
                }

                await campaign.Do(
                    Some(1 + dice.Below(3)),
                    async first =>
                    {
                        if (dice.Below(2) == 0)
                        {
                            await first;
                        }

                        await town.Desk.KillSidecar();
                        Mattermost.Faults.Clear();
                        await town.Desk.StartSidecar();
                    }
                );
            }
        });

    private Task KilledForHours() =>
        Down(async () =>
        {
            await town.Desk.KillSidecar();
            town.Desk.Clock.Advance(Minutes(3, 600));
            await town.Desk.StartSidecar();
        });

    private Task Stopped() =>
        Down(async () =>
        {
            await town.Desk.StopSidecar();
            town.Desk.Clock.Advance(Minutes(0, 40));
            await town.Desk.StartSidecar();
        });

    /// <summary>It stands still while time goes on, and does not know it.</summary>
    private Task Frozen() =>
        Down(async () =>
        {
            town.Doors.State = DoorState.Silent;
            await campaign.Do(Some(1));
            town.Desk.Clock.Advance(Minutes(1, 200));
            town.Doors.State = DoorState.Open;
        });

    private async Task LosesAnswers()
    {
        IsBesides = true;
        town.Doors.State = DoorState.LosesAnswers;
        await campaign.Do(Some(1 + dice.Below(3)));
        town.Doors.State = DoorState.Open;
        IsBesides = false;
    }

    /// <summary>Writes are refused with the reason, nothing is half done, and it goes on when there is space.</summary>
    private Task DiskFull() =>
        Down(async () =>
        {
            var ballast = Path.Combine(town.Disk!.Path, "ballast");
            town.Disk.Fill(ballast);
            await Work(1 + dice.Below(3));
            File.Delete(ballast);
        });

    private async Task SetsClock(bool isBack)
    {
        var (from, by) = (town.Now, TimeSpan.FromSeconds(5 + dice.Below(2400)));
        var to = isBack ? from - by : from + by;
        foreach (var health in (Health[])[town.Rota.Both, town.Rota.Sidecar])
        {
            health.Was(isBack ? to : from, isBack ? from : to);
        }

        town.Desk.Clock.SetWall(to);
        await town.Desk.Settled();
        await Recover();
    }

    /// <summary>A person and a channel get other names.</summary>
    private async Task Renames()
    {
        IsBesides = true;
        var who = Pick([.. Town.Reporters, "finn"]);
        var name = $"{who}-r{++_renamed}r";
        Mattermost.ChangeUser(town.IdOf(who), u => u with { Username = name });
        await town.Desk.Settled();
        if (Incidents(c => c.IsOpen) is { Count: > 0 } rooms)
        {
            Mattermost.Rename(Pick(rooms).Id, $"renamed-{_renamed}");
        }

        await town.Desk.Settled();
        await town.Desk.Meets(town.NameOf(who));
        await Recover();
        IsBesides = false;
    }

    /// <summary>The channel of an incident that is over.</summary>
    private async Task Archives()
    {
        if (Incidents(c => c.State is State.Closed or State.Cancelled) is { Count: > 0 } rooms)
        {
            var room = Pick(rooms);
            town.Archived.Add(room.Id);
            Mattermost.Archive(room.Id);
        }

        await Recover();
    }

    /// <summary>An administrator takes a reply out of a thread; it does not come back.</summary>
    private async Task Deletes()
    {
        var replies = Mattermost
            .Posts(Pick(Town.Channels))
            .Where(p => p.RootId.Length > 0 && p.UserId == town.Desk.Bot.Id)
            .ToList();
        if (replies.Count > 0)
        {
            var post = Pick(replies);
            town.Deleted.Add(post);
            await Mattermost.As(Desk.Admin).Request(HttpMethod.Delete, $"/api/v4/posts/{post.Id}");
        }

        await Recover();
    }

    private async Task ReceiverAway()
    {
        town.Receiver.Answers = (_, response) =>
        {
            response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await Work(2 + dice.Below(4));
        town.Receiver.Answers = (_, _) => Task.CompletedTask;
        await Recover();
    }

    /// <summary>
    /// A country decides to leave its clocks where they are, or not to: the machine is told, and the sidecar begins anew.
    /// At a time at which nothing waits for a morning there.
    /// </summary>
    private async Task ChangesZone()
    {
        if (town.ZoneFiles is not { } zones)
        {
            return;
        }

        var at = Afternoon();
        while (town.Now < at)
        {
            await campaign.Do(Some(1));
            var next = town.Now + Minutes(5, 120);
            await campaign.Passes((next < at ? next : at) - town.Now);
        }

        await Down(async () =>
        {
            await town.Desk.StopSidecar();
            zones.Change();
            await town.Desk.StartSidecar();
        });
    }

    /// <summary>The next one of a working day on which nobody there is about to be reminded.</summary>
    private DateTimeOffset Afternoon() =>
        Enumerable
            .Range(0, 8)
            .Select(i => Calendar.Local(Calendar.TeamZone, town.Now).Date.AddDays(i))
            .Where(d =>
                d.DayOfWeek
                    is DayOfWeek.Monday
                        or DayOfWeek.Tuesday
                        or DayOfWeek.Thursday
                        or DayOfWeek.Friday
            )
            .Select(d => Calendar.At(Calendar.TeamZone, d.AddHours(17)))
            .First(at => at > town.Now);

    /// <summary>People and time go on.</summary>
    private async Task Work(int deeds)
    {
        for (var i = 0; i < deeds; i++)
        {
            await campaign.Do(Some(1));
            await campaign.Passes(Minutes(1, 20));
        }
    }

    private async Task InTrouble(Health health, Func<Task> trouble)
    {
        health.Begins(town.Now);
        await trouble();
        await Recover();
        health.Ends(town.Now);
    }

    /// <summary>The sidecar itself does not work: neither side is whole.</summary>
    private async Task Down(Func<Task> trouble)
    {
        town.Rota.Sidecar.Begins(town.Now);
        await InTrouble(
            town.Rota.Both,
            async () =>
            {
                await trouble();
                await town.Desk.Settled();
                town.Rota.Sidecar.Ends(town.Now);
            }
        );
    }

    private async Task Recover()
    {
        if (!await town.Recovers())
        {
            throw new WrongException($"It does not recover: {town.Trouble()}");
        }
    }

    /// <summary>Things that can be done at once: of different escalations.</summary>
    private List<Deed> Some(int count)
    {
        var deeds = new List<Deed>();
        for (var i = 0; i < 3 * count && deeds.Count < count; i++)
        {
            if (
                script.Next() is { } deed
                && deeds.All(d => deed.Case is null ? d.Raises is null : d.Case != deed.Case)
                && deeds.All(d => d.Who != deed.Who)
            )
            {
                deeds.Add(deed);
            }
        }

        return deeds;
    }

    private List<Channel> Incidents(Func<Case, bool> which) =>
        [
            .. cases
                .Where(c => c.IsIncident && which(c))
                .SelectMany(c =>
                    Mattermost.Channels.Where(r =>
                        r.DeleteAt == 0
                        && r.DisplayName.StartsWith($"{c.Id} ", StringComparison.Ordinal)
                    )
                ),
        ];

    private T Pick<T>(IReadOnlyList<T> of) => of[dice.Below(of.Count)];

    private TimeSpan Minutes(int from, int to) =>
        TimeSpan.FromMinutes(from + dice.Below(to - from));

    /// <summary>What people's clients ask for is answered.</summary>
    private static bool IsByBot(FaultTarget request) =>
        !request.Path.Contains("/commands/", StringComparison.Ordinal)
        && !request.Path.Contains("/actions/", StringComparison.Ordinal)
        && !request.Path.EndsWith("/reactions", StringComparison.Ordinal)
        && !(
            request.Method == "POST"
            && request.Path.EndsWith("/posts", StringComparison.Ordinal)
            && request.Body.Contains("Look at that", StringComparison.Ordinal)
        );
}
