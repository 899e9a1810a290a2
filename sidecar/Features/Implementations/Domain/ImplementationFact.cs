using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.AgendaItems;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Measures;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>
/// Something that happened to a request: kept in the audit trail for ever (ALL-4) and read back as its timeline.
/// </summary>
/// <param name="By">Who did it; null when the product did, because a time came.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Requested), "requested")]
[JsonDerivedType(typeof(TriageScored), "scored")]
[JsonDerivedType(typeof(LeadershipAsked), "leadershipAsked")]
[JsonDerivedType(typeof(WordGiven), "wordGiven")]
[JsonDerivedType(typeof(RequestQualified), "qualified")]
[JsonDerivedType(typeof(RequestDisqualified), "disqualified")]
[JsonDerivedType(typeof(PriorityChanged), "priorityChanged")]
[JsonDerivedType(typeof(DetailsCorrected), "corrected")]
[JsonDerivedType(typeof(PeopleNamed), "peopleNamed")]
[JsonDerivedType(typeof(DocumentsLinked), "documentsLinked")]
[JsonDerivedType(typeof(HandOffStarted), "started")]
[JsonDerivedType(typeof(DatesPlanned), "datesPlanned")]
[JsonDerivedType(typeof(RequirementSet), "requirementSet")]
[JsonDerivedType(typeof(MeetingAhead), "meetingAhead")]
[JsonDerivedType(typeof(DatesAsked), "datesAsked")]
[JsonDerivedType(typeof(TriageAsked), "triageAsked")]
[JsonDerivedType(typeof(DocumentsAsked), "documentsAsked")]
[JsonDerivedType(typeof(RequirementsAsked), "requirementsAsked")]
[JsonDerivedType(typeof(AdvisorPulledIn), "advisorPulledIn")]
[JsonDerivedType(typeof(AdvisorAsked), "advisorAsked")]
[JsonDerivedType(typeof(TargetPassed), "targetPassed")]
[JsonDerivedType(typeof(CardPosted), "cardPosted")]
[JsonDerivedType(typeof(OwnChannelOpened), "channelOpened")]
[JsonDerivedType(typeof(OwnChannelRefused), "channelRefused")]
[JsonDerivedType(typeof(DeploymentCompleted), "completed")]
[JsonDerivedType(typeof(RequestWithdrawn), "withdrawn")]
[JsonDerivedType(typeof(ImplementationInMeeting), "inMeeting")]
internal abstract record ImplementationFact(UserId? By)
{
    /// <summary>The fact as a sentence.</summary>
    [JsonIgnore]
    public abstract Markdown Sentence { get; }

    /// <summary>It is said in the thread of the card; a reminder to a few people is not.</summary>
    [JsonIgnore]
    public virtual bool IsSaid => true;

    [JsonIgnore]
    private protected Markdown Actor =>
        By is { } by ? Markdown.Of($"{by}") : Markdown.Of($"Escalate");

    public sealed record Requested(
        UserId? By,
        string Customer,
        ImplementationType Type,
        ImplementationTeam Team
    ) : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} requested an IE-led {Type.Label()} for {Customer}.");

        public override bool IsSaid => false;
    }

    /// <summary>Somebody of the team scored.</summary>
    /// <param name="By">Who.</param>
    /// <param name="Score">What they gave.</param>
    /// <param name="From">The score before; null for none.</param>
    /// <param name="To">The score from all together.</param>
    /// <param name="Scorers">How many have scored.</param>
    public sealed record TriageScored(
        UserId? By,
        TriageScore Score,
        decimal? From,
        decimal To,
        int Scorers
    ) : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            From switch
            {
                null => Markdown.Of($"{Actor} scored it. The score is {Triage.Shown(To)}."),
                { } from when from == To => Markdown.Of(
                    $"{Actor} scored it. The score is still {Triage.Shown(To)}, from {People}."
                ),
                { } from => Markdown.Of(
                    $"{Actor} scored it. The score is {Triage.Shown(To)} now, from {People}; it was {Triage.Shown(from)}."
                ),
            };

        private string People => Scorers == 1 ? "1 person" : $"{Scorers} people";
    }

    /// <summary>What was said about it in the weekly meeting (WEEK-1): for its timeline.</summary>
    public sealed record ImplementationInMeeting(MeetingNote Note) : ImplementationFact(Note.By)
    {
        public override bool IsSaid => false;

        public override Markdown Sentence => Note.Said;
    }

    public sealed record LeadershipAsked(UserId? By, string Why, ImmutableArray<UserId> Asked)
        : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} asks sales and technical success leadership: {Why}.");
    }

    public sealed record WordGiven(
        UserId? By,
        bool IsFor,
        string Text,
        ImmutableArray<UserId> Leads
    ) : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Text.Length == 0
                ? Markdown.Of($"{Actor} is {(IsFor ? "for" : "against")} it.")
                : Markdown.Of($"{Actor} is {(IsFor ? "for" : "against")} it: {Text}.");
    }

    public sealed record RequestQualified(
        UserId? By,
        BacklogPlace Place,
        UserId? Engineer,
        string Note
    ) : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} qualified it for an IE-led deployment, {Place.Sentence()}.{(Engineer is { } who ? Markdown.Of($" {who} leads it.") : Markdown.None)}{(Note.Length > 0 ? Markdown.Of($" {Note}.") : Markdown.None)}"
            );
    }

    public sealed record RequestDisqualified(UserId? By, string Why) : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} disqualified it for an IE-led deployment: {Why}.");
    }

    /// <summary>CE and AE were told another priority.</summary>
    public sealed record PriorityChanged(BacklogPlace Place, BacklogPlace? Before)
        : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Before is null
                ? Markdown.Of($"Its priority is {Place.Sentence()}.")
                : Markdown.Of(
                    $"Its priority is now {Place.Sentence()}; it was {Before.Sentence()}."
                );
    }

    public sealed record DetailsCorrected(UserId? By, ImmutableArray<DetailChange> Changes)
        : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} corrected the request: {Markdown.Listed([.. Changes.Select(c => c.Sentence)], "and")}."
            );
    }

    public sealed record PeopleNamed(UserId? By, ImmutableArray<PartChange> Changes)
        : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} named people: {Markdown.Listed([.. Changes.Select(c => c.Sentence)], "and")}."
            );
    }

    public sealed record DocumentsLinked(UserId? By, string Design, string Questionnaire)
        : ImplementationFact(By)
    {
        /// <summary>A questionnaire that is not complete yet; empty for none.</summary>
        public string Begun
        {
            get;
            init => field = value ?? "";
        } = "";

        /// <summary>The design document was linked before, by whomever.</summary>
        public bool KeepsDesign { get; init; }

        /// <summary>So was the questionnaire, complete or begun.</summary>
        public bool KeepsQuestionnaire { get; init; }

        public override Markdown Sentence
        {
            get
            {
                if (Design.Length + Questionnaire.Length + Begun.Length == 0)
                {
                    return Markdown.Of($"{Actor} took the links to the documents away.");
                }

                var (linked, rest) = (new List<Markdown>(), new List<Markdown>());
                var isDesignNew = Design.Length > 0 && !KeepsDesign;
                if (isDesignNew)
                {
                    linked.Add(Markdown.Of($"the technical design document ({Design})"));
                }
                else
                {
                    rest.Add(
                        Design.Length > 0
                            ? Markdown.Of(
                                $"the technical design document ({Design}) was linked before"
                            )
                            : Markdown.Of($"the technical design document is missing")
                    );
                }

                if (Questionnaire.Length > 0)
                {
                    var questionnaire = Markdown.Of(
                        $"the completed discovery questionnaire ({Questionnaire})"
                    );
                    if (KeepsQuestionnaire)
                    {
                        rest.Add(Markdown.Of($"{questionnaire} was linked before"));
                    }
                    else
                    {
                        linked.Add(questionnaire);
                    }
                }
                else if (Begun.Length == 0)
                {
                    rest.Add(Markdown.Of($"the discovery questionnaire is missing"));
                }
                else if (KeepsQuestionnaire || isDesignNew)
                {
                    rest.Add(
                        Markdown.Of($"the discovery questionnaire ({Begun}) is not complete yet")
                    );
                }
                else
                {
                    linked.Add(
                        Markdown.Of(
                            $"the discovery questionnaire ({Begun}), which is not complete yet"
                        )
                    );
                }

                var act =
                    linked.Count > 0
                        ? Markdown.Of($"{Actor} linked {Markdown.Listed(linked, "and")}")
                        : Markdown.Of($"{Actor} took a link to the documents away");
                return Markdown.Of(
                    $"{rest.Aggregate(act, (all, one) => Markdown.Of($"{all}; {one}"))}."
                );
            }
        }
    }

    public sealed record HandOffStarted(UserId? By, UserId Engineer) : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            By == Engineer
                ? Markdown.Of($"{Actor} started it.")
                : Markdown.Of($"{Actor} started it with {Engineer}.");
    }

    public sealed record DatesPlanned(UserId? By, ImmutableArray<DateChange> Changes)
        : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} changed the plan: {Markdown.Listed([.. Changes.Select(c => c.Sentence)], "and")}."
            );
    }

    public sealed record RequirementSet(
        UserId? By,
        RequirementKind Kind,
        RequirementState State,
        string Note,
        int Open
    ) : ImplementationFact(By)
    {
        /// <summary>Others that were dealt with in the same way at once.</summary>
        public ImmutableArray<RequirementKind> Also
        {
            get;
            init => field = value.IsDefault ? [] : value;
        } = [];

        private Markdown Which =>
            Markdown.Listed(
                [.. Also.Prepend(Kind).Select(k => Markdown.Of($"“{k.Label()}”"))],
                "and"
            );

        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} {State switch { RequirementState.Collected => "collected", RequirementState.Skipped => "skipped", _ => "reopened" }} {Which}{(Note.Length > 0 ? Markdown.Of($" ({Note})") : Markdown.None)}: {Left}."
            );

        private Markdown Left =>
            Open switch
            {
                0 => Markdown.Of($"all requirements are dealt with"),
                1 => Markdown.Of($"1 requirement is open"),
                _ => Markdown.Of($"{Open} requirements are open"),
            };
    }

    public sealed record MeetingAhead(string Code, DateOnly On) : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"Its people were reminded: {ExpectedDates.Label(Code).ToLowerInvariant()} on {ExpectedDates.Shown(On)}."
            );

        public override bool IsSaid => false;
    }

    /// <summary>It waits for its triage (IMP-3).</summary>
    /// <param name="Leads">Who decides.</param>
    /// <param name="Scorers">Who could score and has not, while nobody has.</param>
    public sealed record TriageAsked(ImmutableArray<UserId> Leads, ImmutableArray<UserId> Scorers)
        : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Scorers.IsEmpty
                ? Markdown.Of($"It is scored and waits for a decision.")
                : Markdown.Of($"It waits for its triage: nobody has scored it yet.");

        public override bool IsSaid => false;
    }

    /// <summary>It is qualified and waits for its documents (IMP-4).</summary>
    /// <param name="Week">Which week of work it is.</param>
    /// <param name="Design">The technical design document is missing.</param>
    /// <param name="Questionnaire">The completed discovery questionnaire is missing.</param>
    public sealed record DocumentsAsked(int Week, bool Design, bool Questionnaire)
        : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"It waits for {(Design ? Markdown.Of($"the technical design document") : Markdown.None)}{(Design && Questionnaire ? Markdown.Of($" and ") : Markdown.None)}{(Questionnaire ? Markdown.Of($"the completed discovery questionnaire") : Markdown.None)}: the hand-off can’t start without."
            );

        public override bool IsSaid => false;
    }

    public sealed record DatesAsked(ImmutableArray<string> Codes)
        : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Markdown.Listed([.. Codes.Select(c => Markdown.Typed(ExpectedDates.Label(c)))], "and")} {(Codes.Length == 1 ? Markdown.Of($"has") : Markdown.Of($"have"))} no date yet."
            );

        public override bool IsSaid => false;
    }

    /// <summary>Requirements are open, and the contract is near (IMP-5).</summary>
    /// <param name="Contract">When it is to be signed.</param>
    /// <param name="Days">How many days are left; negative when it has passed.</param>
    /// <param name="Open">What is open.</param>
    public sealed record RequirementsAsked(
        DateOnly Contract,
        int Days,
        ImmutableArray<RequirementKind> Open
    ) : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"The contract is to be signed {ExpectedDates.Ahead(Contract, Days)}, and {Open.Length} of {Requirements.All.Length} requirements {(Open.Length == 1 ? Markdown.Of($"is") : Markdown.Of($"are"))} open: {string.Join(", ", Open.Select(k => k.Label()))}."
            );

        public override bool IsSaid => false;
    }

    /// <summary>The TA begins to plan the onboarding (IMP-6).</summary>
    /// <param name="Advisor">Who.</param>
    /// <param name="Target">When the deployment is to be complete.</param>
    /// <param name="IsAgain">They were pulled in before the date was moved.</param>
    public sealed record AdvisorPulledIn(UserId Advisor, DateOnly Target, bool IsAgain)
        : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            IsAgain
                ? Markdown.Of(
                    $"The deployment is to be complete on {ExpectedDates.Shown(Target)}: {Advisor} is reminded to plan the onboarding."
                )
                : Markdown.Of(
                    $"The deployment is to be complete on {ExpectedDates.Shown(Target)}: {Advisor} is pulled in to plan the onboarding."
                );
    }

    /// <summary>The TA should be pulled in, and nobody is named (IMP-6).</summary>
    public sealed record AdvisorAsked(DateOnly Target) : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"The deployment is to be complete on {ExpectedDates.Shown(Target)}, and no TA is named to plan the onboarding."
            );
    }

    public sealed record TargetPassed(DateOnly Target) : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"The deployment was to be complete on {ExpectedDates.Shown(Target)}, and is not."
            );
    }

    /// <summary>Its card came into the channel that was chosen after it was requested.</summary>
    public sealed record CardPosted(NamedChannel In) : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence => Markdown.Of($"Its card was posted in {In}.");

        public override bool IsSaid => false;
    }

    public sealed record OwnChannelOpened(NamedChannel Channel) : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence => Markdown.Of($"Its own channel is {Channel}.");

        // It would be said in that channel.
        public override bool IsSaid => false;
    }

    /// <summary>Mattermost did not open the channel, or did not let people in.</summary>
    public sealed record OwnChannelRefused(ImmutableArray<UserId> NotIn, string Said)
        : ImplementationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            NotIn.IsEmpty
                ? Markdown.Of($"Mattermost did not open a channel for it: {Said}.")
                : Markdown.Of(
                    $"Mattermost does not let {Markdown.Listed([.. NotIn.Select(p => Markdown.Of($"{p}"))], "and")} into its channel: {Said}."
                );
    }

    public sealed record DeploymentCompleted(
        UserId? By,
        DateOnly On,
        string Documentation,
        DateOnly CountsFrom,
        int OpenRequirements,
        ImmutableArray<UserId> Leads
    ) : ImplementationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} completed the deployment on {ExpectedDates.Shown(On)}. Documentation for TA and Support: {Documentation.Replace("\n", ", ", StringComparison.Ordinal)}. Adoption counts from {ExpectedDates.Shown(CountsFrom)}."
            );
    }

    public sealed record RequestWithdrawn(UserId? By, string Why, ImmutableArray<UserId> Leads)
        : ImplementationFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Actor} withdrew it: {Why}.");
    }
}

/// <summary>The request says something else from now on.</summary>
/// <param name="Name">Of which field.</param>
/// <param name="From">The text before; empty for none.</param>
/// <param name="To">The text now; empty for none.</param>
internal sealed record DetailChange(string Name, string From, string To)
{
    /// <summary>What has room in a sentence is in it; a longer text is on the card.</summary>
    private const int Shown = 80;

    [JsonIgnore]
    public Markdown Sentence =>
        To.Length == 0 ? Markdown.Of($"no {Name} any more")
        : To.Length > Shown || To.Contains('\n', StringComparison.Ordinal) ? Markdown.Of($"{Name}")
        : From.Length is 0 or > Shown || From.Contains('\n', StringComparison.Ordinal)
            ? Markdown.Of($"{Name} is {To}")
        : Markdown.Of($"{Name} is {To} instead of {From}");
}

/// <summary>Somebody else has a part from now on.</summary>
internal sealed record PartChange(string Part, UserId? From, UserId? To)
{
    [JsonIgnore]
    public Markdown Sentence =>
        (From, To) switch
        {
            ({ } from, { } to) => Markdown.Of($"{Part} is {to} instead of {from}"),
            (null, { } to) => Markdown.Of($"{Part} is {to}"),
            _ => Markdown.Of($"{Part} is open again"),
        };
}

/// <summary>Another day is planned.</summary>
internal sealed record DateChange(string Code, DateOnly? From, DateOnly? To)
{
    [JsonIgnore]
    public Markdown Sentence =>
        (From, To) switch
        {
            ({ } from, { } to) => Markdown.Of(
                $"{ExpectedDates.Label(Code)} moved from {ExpectedDates.Shown(from)} to {ExpectedDates.Shown(to)}"
            ),
            (null, { } to) => Markdown.Of(
                $"{ExpectedDates.Label(Code)} on {ExpectedDates.Shown(to)}"
            ),
            _ => Markdown.Of($"{ExpectedDates.Label(Code)} has no date any more"),
        };
}

/// <summary>Days and places in words.</summary>
internal static class ExpectedDates
{
    // A newer release may know dates that this one does not.
    public static string Label(string code) =>
        PlannedDates.All.FirstOrDefault(d => d.Code == code)?.Label ?? code;

    /// <summary>As people read a day: <c>Tue 2026-03-31</c>.</summary>
    public static string Shown(DateOnly day) =>
        day.ToString("ddd yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static string Ahead(DateOnly day, int days) =>
        days switch
        {
            0 => "today",
            1 => "tomorrow",
            > 1 => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"on {Shown(day)}, in {days} days"
            ),
            _ => $"on {Shown(day)}, which has passed",
        };

    public static Markdown Sentence(this BacklogPlace place) =>
        Markdown.Of(
            $"number {place.Number} of {place.Of} to be started, with a score of {Triage.Shown(place.Score)}"
        );
}
