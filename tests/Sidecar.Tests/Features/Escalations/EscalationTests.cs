using Shouldly;
using Sidecar.Features.Customers;
using Sidecar.Features.Escalations;
using Sidecar.Interactions;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

public sealed class EscalationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly UserId Tam = new("tam");
    private static readonly UserId Engineer = new("engineer");
    private static readonly UserId Lead = new("lead");

    private static readonly Escalation Fresh = new()
    {
        Id = new EscalationId(1),
        Customer = new CustomerKey("acme"),
        CustomerName = "Acme",
        Severity = Severity.Sev1,
        Category = Category.DeploymentEscalation,
        Summary = "Nobody can log in",
        Reporter = Tam,
        RaisedAt = Now.AddMinutes(-5),
        Channel = new ChannelId("c"),
    };

    [Fact]
    public void ESC_9_The_first_to_acknowledge_owns_it()
    {
        var accepted = Accepted(Fresh.Acknowledge(Engineer, Now));
        accepted.Next.State.ShouldBe(EscalationState.Acknowledged);
        accepted.Next.Owner.ShouldBe(Engineer);
        accepted.Next.AcknowledgedBy.ShouldBe(Engineer);
        accepted.Next.AcknowledgedAt.ShouldBe(Now);
        accepted.Facts.ShouldBe([new EscalationFact.Acknowledged(Engineer, Engineer)]);
    }

    [Fact]
    public void ESC_9_The_second_is_told_who_was_first()
    {
        var acknowledged = Accepted(Fresh.Acknowledge(Engineer, Now)).Next;
        Sentence(acknowledged.Acknowledge(Lead, Now)).ShouldContain("@engineer was first");
        Sentence(acknowledged.Acknowledge(Engineer, Now)).ShouldContain("You acknowledged");
    }

    [Fact]
    public void ESC_7_Acknowledging_takes_it_from_nobody()
    {
        var assigned = Accepted(Fresh.Assign(Lead, Tam)).Next;
        var accepted = Accepted(assigned.Acknowledge(Engineer, Now));
        accepted.Next.Owner.ShouldBe(Lead);
        accepted.Next.AcknowledgedBy.ShouldBe(Engineer);
        accepted.Facts.ShouldBe([new EscalationFact.Acknowledged(Engineer, Lead)]);
        Sentence(accepted.Next.Acknowledge(Tam, Now)).ShouldContain("Its owner is @lead");
        Sentence(accepted.Next.Acknowledge(Lead, Now))
            .ShouldBe("ESC-1 is yours, and @engineer has acknowledged it already.");
    }

    [Fact]
    public void ESC_7_The_owner_is_one_person_and_the_change_says_from_whom_to_whom()
    {
        var first = Accepted(Fresh.Assign(Engineer, Tam));
        first.Facts.ShouldBe([new EscalationFact.Assigned(Tam, null, Engineer)]);
        var second = Accepted(first.Next.Assign(Lead, Engineer));
        second.Next.Owner.ShouldBe(Lead);
        second.Facts.ShouldBe([new EscalationFact.Assigned(Engineer, Engineer, Lead)]);
    }

    [Fact]
    public void Assigning_to_the_owner_changes_nothing_and_says_so()
    {
        var mine = Accepted(Fresh.Assign(Engineer, Tam)).Next;
        Sentence(mine.Assign(Engineer, Engineer)).ShouldContain("yours already");
        Sentence(mine.Assign(Engineer, Tam)).ShouldContain("belongs to @engineer");
    }

    [Fact]
    public void ESC_6_Resolving_a_new_one_acknowledges_it_first()
    {
        var accepted = Accepted(Fresh.Resolve(Engineer, "Rolled back", Now));
        accepted.Next.State.ShouldBe(EscalationState.Resolved);
        accepted.Next.Owner.ShouldBe(Engineer);
        accepted.Next.AcknowledgedBy.ShouldBe(Engineer);
        accepted.Next.ResolvedAt.ShouldBe(Now);
        accepted.Next.Resolution.ShouldBe("Rolled back");
        accepted.Facts.ShouldBe([
            new EscalationFact.Acknowledged(Engineer, Engineer),
            new EscalationFact.Resolved(Engineer, "Rolled back"),
        ]);
    }

    [Fact]
    public void ESC_6_Resolving_keeps_who_acknowledged_and_who_owns()
    {
        var acknowledged = Accepted(Fresh.Acknowledge(Engineer, Now)).Next;
        var accepted = Accepted(acknowledged.Resolve(Lead, "", Now.AddHours(1)));
        accepted.Next.Owner.ShouldBe(Engineer);
        accepted.Next.AcknowledgedAt.ShouldBe(Now);
        accepted.Next.ResolvedBy.ShouldBe(Lead);
        accepted.Facts.ShouldBe([new EscalationFact.Resolved(Lead, "")]);
    }

    [Fact]
    public void ESC_6_Nothing_moves_once_it_is_resolved()
    {
        var resolved = Accepted(Fresh.Resolve(Engineer, "Rolled back", Now)).Next;
        Decision[] moves =
        [
            resolved.Acknowledge(Lead, Now),
            resolved.Assign(Lead, Lead),
            resolved.Resolve(Lead, "again", Now),
        ];
        foreach (var move in moves)
        {
            Sentence(move).ShouldContain("ESC-1 is resolved already, by @engineer");
        }
    }

    [Theory]
    [InlineData("tam", null, "tam", "@tam took it.")]
    [InlineData("tam", "lead", "tam", "@tam took it over from @lead.")]
    [InlineData("tam", null, "lead", "@tam assigned it to @lead.")]
    [InlineData("tam", "engineer", "lead", "@tam handed it over from @engineer to @lead.")]
    [InlineData("tam", "tam", "lead", "@tam handed it over to @lead.")]
    public void ESC_7_The_thread_hears_who_has_it_now(
        string by,
        string? from,
        string to,
        string sentence
    ) =>
        new EscalationFact.Assigned(
            new UserId(by),
            from is null ? null : new UserId(from),
            new UserId(to)
        )
            .Sentence.Show(id => id.Value)
            .ShouldBe(sentence);

    private static Decision.Accepted Accepted(Decision decision) =>
        decision.ShouldBeOfType<Decision.Accepted>();

    private static string Sentence(Decision decision) =>
        decision.ShouldBeOfType<Decision.Refused>().Why.Sentence.Show(id => id.Value);
}
