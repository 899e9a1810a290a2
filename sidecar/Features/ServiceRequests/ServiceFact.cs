using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.AgendaItems;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

/// <summary>
/// Something that happened to a service request: kept in the audit trail for ever (ALL-4), told once in the thread of its
/// card, and read back as its timeline.
/// </summary>
/// <param name="By">Who did it; null when the product did, because a time came.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(SowPrepared), "prepared")]
[JsonDerivedType(typeof(SowChanged), "changed")]
[JsonDerivedType(typeof(SowSignedOff), "signedOff")]
[JsonDerivedType(typeof(ServiceStarted), "started")]
[JsonDerivedType(typeof(ServiceDelivered), "delivered")]
[JsonDerivedType(typeof(DeliveryReturned), "returned")]
[JsonDerivedType(typeof(DeliveryAccepted), "accepted")]
[JsonDerivedType(typeof(ServiceCompleted), "completed")]
[JsonDerivedType(typeof(MaintenanceMoved), "maintenanceMoved")]
[JsonDerivedType(typeof(ServiceCancelled), "cancelled")]
[JsonDerivedType(typeof(ServiceReminded), "reminded")]
[JsonDerivedType(typeof(ServiceInMeeting), "inMeeting")]
internal abstract record ServiceFact(UserId? By)
{
    /// <summary>The fact as a sentence.</summary>
    [JsonIgnore]
    public abstract Markdown Sentence { get; }

    /// <summary>The same for a timeline that everybody reads: what is for people of ours is not in it.</summary>
    /// <param name="isOurs">The reader has a role.</param>
    public virtual Markdown ToldTo(bool isOurs) => Sentence;

    /// <summary>The thread of the card is told of it.</summary>
    [JsonIgnore]
    public virtual bool IsToldInThread => true;

    /// <summary>Whose part in it begins with this: they are mentioned in the thread, so that they follow it (DLG-5).</summary>
    [JsonIgnore]
    public virtual UserId? Begins => null;

    /// <summary>Who did it, at the start of a sentence.</summary>
    [JsonIgnore]
    protected Markdown Actor => By is { } by ? Markdown.Of($"{by}") : Markdown.Of($"Escalate");

    /// <summary>The statement of work was prepared (SRV-1).</summary>
    /// <param name="By">By whom.</param>
    /// <param name="Customer">For whom.</param>
    /// <param name="Title">What.</param>
    /// <param name="From">The escalation that it was; null when it was none.</param>
    /// <param name="Leads">Who was asked to name whoever delivers it; empty when somebody was named.</param>
    public sealed record SowPrepared(
        UserId? By,
        string Customer,
        string Title,
        string? From,
        ImmutableArray<UserId> Leads
    ) : ServiceFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} prepared the statement of work for {Customer}: {Title}{(From is { } escalation ? Markdown.Of($" (it was **{escalation}**)") : Markdown.None)}"
            );

        // The card that begins the thread says it.
        public override bool IsToldInThread => false;
    }

    /// <summary>The statement of work says something else.</summary>
    /// <param name="By">Who changed it.</param>
    /// <param name="Former">What it said.</param>
    /// <param name="Now">What it says.</param>
    /// <param name="Agreed">The customer's word for the change; null without one.</param>
    /// <param name="LostSignOff">It had been signed off, and has to be again (SRV-2).</param>
    public sealed record SowChanged(
        UserId? By,
        StatementOfWork Former,
        StatementOfWork Now,
        CustomerWord? Agreed,
        bool LostSignOff
    ) : ServiceFact(By)
    {
        public override UserId? Begins => Now.By == Former.By ? null : Now.By;

        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} changed the statement of work: {Markdown.Listed([.. Changes()], "and")}.{(LostSignOff ? Markdown.Of($" The customer signed off an earlier version, so they sign off again.") : Markdown.None)}{(Agreed is { } word ? Markdown.Of($" Agreed with the customer: {ServiceWords.Word(word)}.") : Markdown.None)}"
            );

        private IEnumerable<Markdown> Changes()
        {
            if (Now.Title != Former.Title)
            {
                yield return Markdown.Of($"it is called “{Now.Title}” (was “{Former.Title}”)");
            }

            if (Now.Delivers != Former.Delivers)
            {
                yield return Markdown.Of(
                    $"what is delivered (was “{MarkdownEscaper.Shorten(Former.Delivers.ReplaceLineEndings(" "), 120)}”)"
                );
            }

            if (Now.By != Former.By)
            {
                yield return Former.By is null
                    ? Markdown.Of($"{ServiceWords.Person(Now.By)} delivers it")
                    : Markdown.Of(
                        $"{ServiceWords.Person(Now.By)} delivers it (was {ServiceWords.Person(Former.By)})"
                    );
            }

            if ((Now.StartsOn, Now.DueOn) != (Former.StartsOn, Former.DueOn))
            {
                yield return Markdown.Of(
                    $"when: {ServiceWords.Time(Now)} (was {ServiceWords.Time(Former)})"
                );
            }

            if (Now.Days != Former.Days)
            {
                yield return Markdown.Of(
                    $"{ServiceWords.Days(Now.Days)} of work (was {ServiceWords.Days(Former.Days)})"
                );
            }
        }
    }

    /// <summary>The customer signed it off (SRV-2).</summary>
    public sealed record SowSignedOff(UserId? By, CustomerWord Word) : ServiceFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} recorded the sign-off: {ServiceWords.Word(Word)}.");
    }

    public sealed record ServiceStarted(UserId? By) : ServiceFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Actor} began the work.");
    }

    public sealed record ServiceDelivered(UserId? By, string What) : ServiceFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Actor} delivered it: {What}");
    }

    /// <summary>The customer wants something put right first.</summary>
    public sealed record DeliveryReturned(UserId? By, string Reason) : ServiceFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} recorded that the customer does not accept it yet: {Reason}");
    }

    public sealed record DeliveryAccepted(UserId? By, CustomerWord Word) : ServiceFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} recorded that the customer accepts it: {ServiceWords.Word(Word)}."
            );
    }

    /// <summary>It is done, and it is known who maintains it (SRV-3).</summary>
    public sealed record ServiceCompleted(UserId? By, MaintenancePlan Plan) : ServiceFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} completed it. Maintenance: {ServiceWords.Plan(Plan)}.");
    }

    /// <summary>Somebody else maintains it from now on (SRV-3).</summary>
    public sealed record MaintenanceMoved(UserId? By, MaintenancePlan? Former, MaintenancePlan Plan)
        : ServiceFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} changed who maintains it: {ServiceWords.Plan(Plan)}{(Former is { } former ? Markdown.Of($" (was {ServiceWords.Plan(former)})") : Markdown.None)}."
            );
    }

    /// <summary>What was said about it in the weekly meeting (WEEK-1): for its timeline.</summary>
    public sealed record ServiceInMeeting(MeetingNote Note) : ServiceFact(Note.By)
    {
        public override bool IsToldInThread => false;

        public override Markdown Sentence => Note.Said;

        public override Markdown ToldTo(bool isOurs) => isOurs ? Note.Said : Note.SaidToAll;
    }

    public sealed record ServiceCancelled(UserId? By, string Reason) : ServiceFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Actor} cancelled it: {Reason}");
    }

    /// <summary>Its people were reminded.</summary>
    public sealed record ServiceReminded(ServiceReminder Of, ImmutableArray<UserId> Told)
        : ServiceFact((UserId?)null)
    {
        // Those who are reminded have it as a direct message.
        public override bool IsToldInThread => false;

        public override Markdown Sentence =>
            Told.IsEmpty
                ? Markdown.Of($"Nobody was there to be reminded that {About}.")
                : Markdown.Of(
                    $"Escalate reminded {Markdown.Listed([.. Told.Select(p => Markdown.Of($"{p}"))], "and")} that {About}."
                );

        private Markdown About =>
            Markdown.Sentence(
                Of switch
                {
                    ServiceReminder.SignOff => "no sign-off is recorded",
                    ServiceReminder.UnsignedAtStart => "it was to begin, and is not signed off",
                    ServiceReminder.Start => "it was to begin",
                    ServiceReminder.Acceptance => "the customer’s acceptance is not recorded",
                    ServiceReminder.Completion => "nobody has decided who maintains it",
                    ServiceReminder.DueSoon => "its last day is near",
                    _ => "its last day has passed",
                }
            );
    }
}
