using Shouldly;
using Sidecar.Features;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>From state to state (ESC-6), who may (ALL-3), who owns (ESC-7), who was first (ESC-9).</summary>
public sealed class EscalationTests
{
    /// <summary>The moves that are legal, by state; every other one is refused.</summary>
    public static TheoryData<string, string> Legal { get; } =
        new()
        {
            { nameof(EscalationState.NeedsInformation), "Override Decline Cancel" },
            { nameof(EscalationState.Redirected), "Override Close Cancel" },
            { nameof(EscalationState.AwaitingApproval), "Approve Decline Override Cancel" },
            {
                nameof(EscalationState.Accepted),
                "Acknowledge Investigate Identify Monitor Resolve Decline Cancel"
            },
            { nameof(EscalationState.Acknowledged), "Investigate Identify Monitor Resolve Cancel" },
            { nameof(EscalationState.Investigating), "Identify Monitor Resolve Cancel" },
            { nameof(EscalationState.Identified), "Investigate Monitor Resolve Cancel" },
            { nameof(EscalationState.Monitoring), "Investigate Identify Resolve Cancel" },
            { nameof(EscalationState.Resolved), "Confirm Close Reopen" },
            { nameof(EscalationState.Closed), "" },
            { nameof(EscalationState.Declined), "" },
            { nameof(EscalationState.Cancelled), "" },
        };

    [Theory]
    [MemberData(nameof(Legal))]
    public void ESC_6_Only_legal_moves_are_possible_and_the_others_say_what_is(
        string state,
        string legal
    )
    {
        var escalation = Given.At(Enum.Parse<EscalationState>(state));
        escalation.State.ToString().ShouldBe(state);
        var possible = legal.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var move in Enum.GetValues<EscalationMove>())
        {
            if (move == EscalationMove.EscalateSpecifically)
            {
                continue;
            }

            var decision = Make(escalation, move);
            if (possible.Contains(move.ToString()))
            {
                Given.Done(decision);
                continue;
            }

            var sentence = Given.Sentence(decision);
            sentence.ShouldContain("ESC-7");
            if (decision is Decision.Refused { Why: AlreadyAcknowledged })
            {
                continue;
            }

            foreach (var other in possible)
            {
                sentence.ShouldContain(
                    Enum.Parse<EscalationMove>(other).Command(escalation.Id),
                    customMessage: $"{move} at {state}"
                );
            }
        }
    }

    [Theory]
    [InlineData(nameof(EscalationMove.Acknowledge), true, true, false, false, true, false)]
    [InlineData(nameof(EscalationMove.Investigate), true, true, false, false, true, false)]
    [InlineData(nameof(EscalationMove.Resolve), true, true, false, false, true, false)]
    [InlineData(nameof(EscalationMove.Confirm), true, true, true, false, true, true)]
    [InlineData(nameof(EscalationMove.Close), true, true, true, false, true, true)]
    [InlineData(nameof(EscalationMove.Reopen), true, true, true, false, true, true)]
    [InlineData(nameof(EscalationMove.Approve), false, false, false, true, false, false)]
    [InlineData(nameof(EscalationMove.Decline), false, true, false, true, false, false)]
    [InlineData(nameof(EscalationMove.Override), false, true, false, false, false, false)]
    [InlineData(
        nameof(EscalationMove.EscalateSpecifically),
        false,
        true,
        true,
        false,
        false,
        false
    )]
    [InlineData(nameof(EscalationMove.Cancel), false, true, false, false, false, true)]
    public void ALL_3_A_move_is_for_those_who_may(
        string move,
        bool engineer,
        bool lead,
        bool tam,
        bool product,
        bool owner,
        bool reporter
    )
    {
        var what = Enum.Parse<EscalationMove>(move);
        var escalation = what switch
        {
            EscalationMove.Confirm or EscalationMove.Close or EscalationMove.Reopen => Given.At(
                EscalationState.Resolved
            ),
            EscalationMove.Approve or EscalationMove.Decline => Given.At(
                EscalationState.AwaitingApproval
            ),
            EscalationMove.Override => Given.At(EscalationState.Redirected),
            EscalationMove.EscalateSpecifically => Given.At(EscalationState.Redirected) with
            {
                Category = Category.StandardOnboarding,
            },
            _ => Given.At(EscalationState.Accepted),
        } with
        {
            Owner = new UserId("owner"),
        };
        (ActingPerson Who, bool May)[] people =
        [
            (Given.Engineer, engineer),
            (Given.Lead, lead),
            (Given.Tam, tam),
            (Given.Product, product),
            (new ActingPerson(new UserId("owner"), []), owner),
            (new ActingPerson(Given.Reporter, []), reporter),
            (Given.Nobody, false),
            (
                new ActingPerson(new UserId("owner"), [Role.DeploymentEngineer], IsGuest: true),
                false
            ),
        ];
        foreach (var (who, may) in people)
        {
            var decision = Make(escalation, what, who);
            (decision is not Decision.Refused { Why: MayNot }).ShouldBe(
                may,
                $"{who.User.Value} {move}"
            );
            (decision is Decision.Accepted).ShouldBe(may, $"{who.User.Value} {move}");
        }
    }

    [Fact]
    public void ESC_9_The_first_to_acknowledge_owns_it_and_the_second_is_told_who_was_first()
    {
        var accepted = Given.Done(Given.Accepted.Acknowledge(Given.Engineer, Given.Now));
        accepted.Next.Owner.ShouldBe(Given.Engineer.User);
        accepted.Next.AcknowledgedAt.ShouldBe(Given.Now);
        accepted.Facts.ShouldBe([
            new EscalationFact.Acknowledged(Given.Engineer.User, Given.Engineer.User),
        ]);
        Given
            .Sentence(accepted.Next.Acknowledge(Given.Other, Given.Now))
            .ShouldContain("@engineer was first");
        Given
            .Sentence(accepted.Next.Acknowledge(Given.Engineer, Given.Now))
            .ShouldContain("You acknowledged");
    }

    [Fact]
    public void ESC_7_Acknowledging_takes_it_from_nobody()
    {
        var assigned = Given.Next(
            Given.Accepted.Assign(Given.Lead.User, Given.Engineer, Given.Now)
        );
        var accepted = Given.Done(assigned.Acknowledge(Given.Engineer, Given.Now));
        accepted.Next.Owner.ShouldBe(Given.Lead.User);
        accepted.Next.AcknowledgedBy.ShouldBe(Given.Engineer.User);
        Given
            .Sentence(accepted.Next.Acknowledge(Given.Other, Given.Now))
            .ShouldContain("Its owner is @lead");
        Given
            .Sentence(accepted.Next.Acknowledge(Given.Lead, Given.Now))
            .ShouldBe("ESC-7 is yours, and @engineer has acknowledged it already.");
    }

    [Fact]
    public void ESC_7_The_owner_is_one_person_and_the_change_says_from_whom_to_whom()
    {
        var first = Given.Done(Given.Accepted.Assign(Given.Engineer.User, Given.Lead, Given.Now));
        first.Facts.ShouldBe([
            new EscalationFact.EscalationAssigned(Given.Lead.User, null, Given.Engineer.User),
        ]);
        var second = Given.Done(first.Next.Assign(Given.Other.User, Given.Engineer, Given.Now));
        second.Next.Owner.ShouldBe(Given.Other.User);
        Given.Text(second.Facts[0].Sentence).ShouldBe("@engineer handed it over to @other.");
        Given
            .Sentence(second.Next.Assign(Given.Other.User, Given.Other, Given.Now))
            .ShouldContain("yours already");
        Given
            .Sentence(
                Given.At(EscalationState.Resolved).Assign(Given.Other.User, Given.Lead, Given.Now)
            )
            .ShouldContain("is at *Resolved*");
    }

    [Fact]
    public void ESC_6_Whoever_moves_an_accepted_one_on_acknowledges_it_by_that()
    {
        var moved = Given.Done(
            Given.Accepted.WorkOn(
                Given.Engineer,
                EscalationState.Identified,
                "A bad index",
                Given.Now
            )
        );
        moved.Next.Owner.ShouldBe(Given.Engineer.User);
        moved
            .Facts.Select(f => Given.Text(f.Sentence))
            .ShouldBe([
                "@engineer acknowledged it and is the owner.",
                "@engineer moved it from *Acknowledged* to *Identified*: A bad index",
            ]);

        var resolved = Given.Done(
            Given.Accepted.Resolve(Given.Engineer, "Rolled back", ProductWork.None, Given.Now)
        );
        resolved.Next.AcknowledgedBy.ShouldBe(Given.Engineer.User);
        resolved.Next.ResolvedAt.ShouldBe(Given.Now);
        resolved.Facts.Count.ShouldBe(2);
    }

    [Fact]
    public void ESC_6_A_reopened_one_is_its_owners_again()
    {
        var resolved = Given.At(EscalationState.Resolved);
        Given.Why(resolved.Reopen(Given.Lead, "", Given.Now)).ShouldBeOfType<ReasonMissing>();
        var reopened = Given.Done(resolved.Reopen(Given.Lead, "Slow again", Given.Now.AddHours(1)));
        reopened.Next.State.ShouldBe(EscalationState.Acknowledged);
        reopened.Next.Owner.ShouldBe(Given.Engineer.User);
        reopened.Next.ResolvedAt.ShouldBeNull();
        reopened.Next.Resolution.ShouldBeEmpty();
        reopened.Next.LastActedAt.ShouldBe(Given.Now.AddHours(1));
        Given.Text(reopened.Facts[0].Sentence).ShouldBe("@lead reopened it: Slow again");
    }

    [Fact]
    public void ESC_6_PB_6_A_Sev_1_closes_only_after_the_customer_confirmed()
    {
        var resolved = Given.At(EscalationState.Resolved, Severity.Sev1);
        Given.Sentence(resolved.Close(Given.Lead, "", Given.Now)).ShouldContain("confirm ESC-7");
        var confirmed = Given.Next(resolved.Confirm(Given.Tam, "their administrator", Given.Now));
        confirmed.Confirmed.ShouldBe(
            new Confirmation("their administrator", Given.Now, Given.Tam.User)
        );
        Given
            .Next(confirmed.Close(Given.Lead, "", Given.Now))
            .State.ShouldBe(EscalationState.Closed);
        // Confirmed before it was reopened is not confirmed.
        var again = Given.Next(
            Given
                .Next(confirmed.Reopen(Given.Lead, "Down again", Given.Now))
                .Resolve(Given.Engineer, "", ProductWork.None, Given.Now)
        );
        Given.Why(again.Close(Given.Lead, "", Given.Now)).ShouldBeOfType<ConfirmationMissing>();
        Given
            .Next(Given.At(EscalationState.Resolved).Close(Given.Lead, "", Given.Now))
            .State.ShouldBe(EscalationState.Closed);
    }

    [Fact]
    public void ESC_4_Nothing_starts_before_the_approval()
    {
        var waiting = Given.At(EscalationState.AwaitingApproval);
        foreach (
            var decision in (Decision[])
                [
                    waiting.Acknowledge(Given.Engineer, Given.Now),
                    waiting.WorkOn(Given.Engineer, EscalationState.Investigating, "", Given.Now),
                    waiting.Resolve(Given.Engineer, "", ProductWork.None, Given.Now),
                ]
        )
        {
            Given.Sentence(decision).ShouldContain("is at *Awaiting approval*");
        }

        var approved = Given.Done(
            waiting.Approve(Given.Product, "We support it", TeamsNow.None, Given.Now)
        );
        approved.Next.State.ShouldBe(EscalationState.Accepted);
        approved.Next.ApprovedBy.ShouldBe(Given.Product.User);
        Given
            .Text(approved.Facts[0].Sentence)
            .ShouldStartWith("@product approved it for Product Engineering: We support it");
        Given
            .Sentence(approved.Next.Approve(Given.Product, "", TeamsNow.None, Given.Now))
            .ShouldContain("where you brought it");
    }

    [Fact]
    public void ESC_4_A_declined_feature_is_shown_to_RnD_whose_it_stays()
    {
        var rnd = new ChannelId("rnd");
        var teams = TeamsNow.None with
        {
            Channels = TeamsNow.None.Channels.Add(OwningTeam.ResearchAndDevelopment, rnd),
        };
        var declined = Given.Next(
            Given
                .At(EscalationState.AwaitingApproval)
                .Decline(Given.Product, "It is on the roadmap", teams, Given.Now)
        );
        declined.State.ShouldBe(EscalationState.Declined);
        declined.StateReason.ShouldBe("It is on the roadmap");
        declined.Copies.ShouldBe([new TeamCopy(OwningTeam.ResearchAndDevelopment, rnd)]);
    }

    [Fact]
    public void ESC_4_The_TAM_escalates_specifically_and_a_lead_overrides_both_with_a_reason()
    {
        var onboarding = Given.At(EscalationState.Redirected) with
        {
            Category = Category.StandardOnboarding,
            RedirectedTo = OwningTeam.TechnicalAccountManagement,
        };
        Given
            .Why(onboarding.Accept(Given.Tam, "", TeamsNow.None, Given.Now))
            .ShouldBeOfType<ReasonMissing>();
        Given
            .Done(onboarding.Accept(Given.Tam, "Air-gapped site", TeamsNow.None, Given.Now))
            .Facts.ShouldBe([
                new EscalationFact.EscalatedSpecifically(Given.Tam.User, "Air-gapped site"),
            ]);
        Given
            .Why(
                Given
                    .At(EscalationState.Redirected)
                    .Accept(Given.Tam, "Please", TeamsNow.None, Given.Now)
            )
            .ShouldBeOfType<MayNot>();
        var overridden = Given.Done(
            Given
                .At(EscalationState.Redirected)
                .Accept(Given.Lead, "They churn", TeamsNow.None, Given.Now)
        );
        overridden.Next.State.ShouldBe(EscalationState.Accepted);
        overridden.Next.StateReason.ShouldBe("They churn");
        overridden.Next.RedirectedTo.ShouldBeNull();
        overridden.Facts.ShouldBe([
            new EscalationFact.Overridden(
                Given.Lead.User,
                EscalationState.Redirected,
                "They churn"
            ),
        ]);
    }

    [Fact]
    public void ESC_3_The_team_that_it_was_sent_to_closes_it()
    {
        var redirected = Given.At(EscalationState.Redirected);
        Given
            .Next(redirected.Close(Given.Other, "Done", Given.Now))
            .State.ShouldBe(EscalationState.Closed);
        var cre = new ActingPerson(new UserId("cre"), [Role.CustomerReliabilityEngineer]);
        Given
            .Next(redirected.Close(cre, "Done", Given.Now))
            .RedirectedTo.ShouldBe(OwningTeam.CustomerSupport);
        Given.Why(redirected.Close(Given.Nobody, "", Given.Now)).ShouldBeOfType<MayNot>();
    }

    [Fact]
    public void ESC_7_Following_is_told_once()
    {
        var followed = Given.Next(
            Given.Accepted.Follow(new Sidecar.People.ActingPerson(Given.Tam.User, []))
        );
        followed.Followers.ShouldBe([Given.Tam.User]);
        Given
            .Why(followed.Follow(new Sidecar.People.ActingPerson(Given.Tam.User, [])))
            .ShouldBeOfType<FollowsAlready>();
        Given.Next(followed.Unfollow(Given.Tam.User)).Followers.ShouldBeEmpty();
        Given.Why(Given.Accepted.Unfollow(Given.Tam.User)).ShouldBeOfType<FollowsNot>();
    }

    [Fact]
    public void ESC_7_An_edit_says_what_changed_from_what_to_what()
    {
        var seen = Given.Accepted.Text;
        var edited = Given.Done(
            Edit(
                Given.Accepted,
                seen,
                seen with
                {
                    Impact = ImpactLevel.Critical,
                    Summary = "Search is down",
                }
            )
        );
        edited.Next.Impact.ShouldBe(ImpactLevel.Critical);
        edited.Next.Priority.Score.ShouldBe(6);
        Given
            .Text(edited.Facts[0].Sentence)
            .ShouldBe(
                "@engineer changed:\n- **Summary** from “Search is slow” to “Search is down”\n- **Impact** from “As the severity” to “Critical”"
            );
        Given.Why(Edit(Given.Accepted, seen, seen)).ShouldBeOfType<NothingToChange>();
        Given
            .Why(Edit(Given.At(EscalationState.Closed), seen, seen with { Summary = "x" }))
            .ShouldBeOfType<NotPossible>();
    }

    [Fact]
    public void ESC_7_Two_who_edit_different_fields_both_win_and_of_the_same_the_second_is_told()
    {
        var seen = Given.Accepted.Text;
        var first = Given.Next(Edit(Given.Accepted, seen, seen with { Impact = ImpactLevel.High }));
        var second = Given.Next(Edit(first, seen, seen with { Effort = EffortEstimate.Low }));
        second.Impact.ShouldBe(ImpactLevel.High);
        second.Effort.ShouldBe(EffortEstimate.Low);
        Given
            .Sentence(Edit(second, seen, seen with { Impact = ImpactLevel.Low }))
            .ShouldContain("Somebody changed ESC-7 meanwhile: Impact");
        Given
            .Why(Edit(second, seen, seen with { Impact = ImpactLevel.High }))
            .ShouldBeOfType<NothingToChange>();
    }

    [Fact]
    public void ESC_13_Product_work_is_recorded_with_what_it_was_before()
    {
        var linked = Given.Done(
            Given.Accepted.Link(
                Given.Engineer,
                w => w with { Bug = "https://bugs.test/1" },
                Given.Now
            )
        );
        Given
            .Text(linked.Facts[0].Sentence)
            .ShouldBe("@engineer changed **Bug** from nothing to https://bugs.test/1.");
        var resolved = Given.Done(
            linked.Next.Resolve(
                Given.Engineer,
                "Patched",
                linked.Next.Work with
                {
                    NeedsBackport = true,
                    SolvedWithoutChange = false,
                },
                Given.Now
            )
        );
        resolved.Next.Work.NeedsBackport.ShouldBe(true);
        resolved
            .Facts.Select(f => Given.Text(f.Sentence))
            .ShouldBe([
                "@engineer acknowledged it and is the owner.",
                "@engineer changed **Backport** from nothing to “needed”.",
                "@engineer resolved it with a change to the product: Patched",
            ]);
    }

    private static Decision Edit(
        Escalation escalation,
        EscalationText seen,
        EscalationText wanted
    ) => escalation.Edit(Given.Engineer, seen, wanted, (escalation.Customer, null), Given.Now);

    /// <summary>Somebody who may everything, unless named.</summary>
    private static Decision Make(
        Escalation escalation,
        EscalationMove move,
        ActingPerson? by = null
    )
    {
        var who =
            by
            ?? new ActingPerson(
                new UserId("all"),
                [
                    Role.DeploymentEngineer,
                    Role.DeploymentEngineeringLead,
                    Role.ProductEngineering,
                    Role.TechnicalAccountManager,
                ]
            );
        var (teams, now) = (TeamsNow.None, Given.Now);
        return move switch
        {
            EscalationMove.Acknowledge => escalation.Acknowledge(who, now),
            EscalationMove.Investigate => escalation.WorkOn(
                who,
                EscalationState.Investigating,
                "",
                now
            ),
            EscalationMove.Identify => escalation.WorkOn(who, EscalationState.Identified, "", now),
            EscalationMove.Monitor => escalation.WorkOn(who, EscalationState.Monitoring, "", now),
            EscalationMove.Resolve => escalation.Resolve(who, "", ProductWork.None, now),
            EscalationMove.Confirm => escalation.Confirm(who, "their admin", now),
            EscalationMove.Close => escalation.Close(who, "", now),
            EscalationMove.Reopen => escalation.Reopen(who, "why", now),
            EscalationMove.Approve => escalation.Approve(who, "", teams, now),
            EscalationMove.Decline => escalation.Decline(who, "why", teams, now),
            EscalationMove.Override or EscalationMove.EscalateSpecifically => escalation.Accept(
                who,
                "why",
                teams,
                now
            ),
            _ => escalation.Cancel(who, "", now),
        };
    }
}
