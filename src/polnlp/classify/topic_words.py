"""Words that speak for a topic, written for polnlp after the Comparative Agendas Project's topic descriptions.

A word ending in ``*`` stands for all words that begin so. They are evidence beside what the model has learned, for
topics of which the training texts hold little.
"""

TOPIC_WORDS: dict[str, str] = {
    "Macroeconomics": (
        "inflation* deflation unemploy* budget* deficit* tax taxes taxation taxpayer* fiscal monetary gdp "
        "recession* econom* debt* austerity surplus* growth interest-rate currency rouble ruble stimulus prosperity "
        "treasury capitalis* neo-liberal* neoliberal* macroeconom* devaluation price prices depression productivity "
        "gnp downturn"
    ),
    "Civil Rights": (
        "discriminat* racis* gender equality equal minorit* abortion* privacy segregat* lgbt* homosexual* gay "
        "transgender suffrage disenfranchis* apartheid affirmative censorship surveillance voting-rights women "
        "disabled rights liberties marginaliz* marginalis* bigotry sexism dissent freedom-of-speech racial contempt "
        "dignity inclusion"
    ),
    "Health": (
        "health* hospital* doctor* nurse* medic* medicaid medicare disease* epidemic* pandemic* covid* vaccin* "
        "patient* aids hiv cancer drug drugs pharmaceutical* prescription* tobacco smoking obesity mental malaria "
        "ebola coronavirus nutrition surgery physician* clinic* insurers alcohol infant mortality virus treatment* "
        "polio tuberculosis maternal sanitary healthcare"
    ),
    "Agriculture": (
        "farm* agricultur* crop* livestock cattle harvest* wheat corn grain* dairy peasant* food rural fertilis* "
        "fertiliz* pesticide* irrigation fisheries fishing fishermen soybean* subsidies-for-farmers agrarian cotton "
        "sugar seeds meat"
    ),
    "Labor": (
        "worker* labor labour wage* union* strike* strikers employ* job jobs pension* layoff* workplace "
        "collective-bargaining minimum-wage apprentice* overtime retire* occupational unionis* unioniz* "
        "migrant-workers workforce payroll"
    ),
    "Education": (
        "school* education* teacher* student* universit* college* classroom* pupil* literacy tuition curricul* "
        "kindergarten scholarship* campus vocational academic graduat* learning"
    ),
    "Environment": (
        "environment* climate pollut* emission* carbon greenhouse warming biodivers* conservation endangered "
        "deforestation recycling waste species wildlife ecolog* ecosystem* drought* desertification ozone toxic "
        "rainforest* wetland* kyoto oceans glacier* sea-level sustainab* smog contaminat* clean-water asbestos"
    ),
    "Energy": (
        "energy oil gas petrol* electric* coal pipeline* renewable* solar wind-power hydroelectric hydrocarbon* "
        "fuel* gasoline opec barrel* crude refiner* reactor* gazprom kilowatt* megawatt* drilling biofuel* ethanol "
        "grid"
    ),
    "Immigration": (
        "immigra* migrant* migration refugee* asylum border-control deport* undocumented visa visas citizenship "
        "naturalization naturalisation alien aliens displaced"
    ),
    "Transportation": (
        "transport* highway* railway* railroad* airport* airline* aviation traffic road roads bridge bridges subway "
        "shipping seaport* freight truck* automobile* airplane* aircraft-safety trains rail amtrak maritime "
        "infrastructure passenger*"
    ),
    "Law and Crime": (
        "crime* criminal* police* prison* murder* drug-trafficking courts judge* jail* sentenc* convict* prosecut* "
        "gun guns narcotic* cartel* violence trafficking gang gangs robbery rape homicide* inmate* felon* parole "
        "trial* suspect* fraud arrest* lawyer* attorney* penalty burglary detective* mafia organised-crime juvenile "
        "kidnap* cybercrime shooting*"
    ),
    "Social Welfare": (
        "welfare poverty poor social-security homeless* hunger elderly disabilit* benefits charity charities "
        "volunteer* needy child-care childcare pensioner* food-stamps safety-net destitut* low-income "
        "underprivileged vulnerable families"
    ),
    "Housing": (
        "housing mortgage* homeowner* tenant* rent rents rental slum* urban home-ownership apartments evict* "
        "foreclosure* landlord* neighborhood* community-development enterprise-zone* affordable-homes residential "
        "shelters veterans-housing"
    ),
    "Domestic Commerce": (
        "bank* banking business* compan* corporat* consumer* insurance securities stock* merger* antitrust "
        "bankruptcy patent* copyright* tourism tourist* gambling casino* small-business competition shareholder* "
        "investor* wall-street retail* disaster* earthquake* flood* hurricane* credit entrepreneur* manufactur* "
        "industr* trademark* firms sports hotels"
    ),
    "Defense": (
        "militar* army armies navy naval troops soldier* weapon* nuclear missile* nato war wars defense defence "
        "disarm* terror* veteran* armed forces arms combat bomb* invasion air-force pentagon intelligence warhead* "
        "peacekeep* proliferation attack* insurgen* marines battlefield rebels ceasefire arsenal* shell shells "
        "shelling provocation artillery ceasefire* cease-fire warship* conscript* homeland iraq afghanistan"
    ),
    "Technology": (
        "technolog* internet space science scientif* research satellite* telecommunication* computer* broadband "
        "digital cyber* innovation software radio broadcast* television spectrum telephone* laboratory engineer* "
        "artificial-intelligence nasa astronaut* cosmonaut* data online robotic* weather-forecasting web wireless "
        "cable"
    ),
    "Foreign Trade": (
        "trade tariff* export* import imports importer* wto customs duty duties nafta protectionis* free-trade "
        "dumping quota* trading investment-treaty exchange-rate globalization globalisation balance-of-payments "
        "commerce embargo gatt"
    ),
    "International Affairs": (
        "diplomat* diploma* treaty treaties united-nations un foreign ambassador* summit* bilateral multilateral "
        "sovereignty peace-process negotiation* international sanctions cooperation neighbours neighbors israel "
        "palestin* solidarity security-council general-assembly embassy consul* territorial self-determination "
        "imperialis* alliance* aid humanitarian world nations global unasur alba mercosur european-union "
        "african-union delegation colonial* relations dialogue reconciliation genocide occupied "
        "human-rights-council"
    ),
    "Government Operations": (
        "election* electoral vote* voter* voting ballot* candidate* campaign* party parties congress* parliament* "
        "senate senator* constitution* referendum* impeach* corruption governor* mayor* president-elect primary "
        "primaries nominee* nominat* poll polls civil-service bureaucra* postal census coalition* opposition "
        "lawmaker* democrats republicans deputies minister-resigned cabinet lobby* ethics scandal* legislature* "
        "duma reelect* re-elect* incumbent* federalism governorship* mayoral legislative constituen* turnout "
        "delegates caucus* vote-counting recall secession* autonomy appoint* municipal localit* presidency "
        "presidential constituency constituencies councillor* legislator* frontrunner* pollster* runoff run-off "
        "candidacy inauguration midterm* midterms term-limits recall parliamentary ruling-party procurement "
        "government-employees medal commemorative coup"
    ),
    "Public Lands": (
        "indigenous native tribe* tribal indian indians land lands park parks forest* mining mines water dam dams "
        "wilderness river rivers reclamation mineral* territories puerto-rico guam reservation* grazing "
        "heritage-site monument historic-site natural-resources landless ancestral amazon"
    ),
    "Culture": (
        "cultur* music* art arts artist* museum* theater* theatre* film* movie* literature poet* novel* painter* "
        "opera ballet festival* book books library libraries humanities heritage cinema composer* writers"
    ),
    "None": (
        "born married biograph* website subscribe copyright-notice comments photo caption interview weather "
        "football baseball basketball olympic* championship game games church* bishop pope religious storm snow "
        "died obituar* thank applause congratulate speaker god bless tonight happy fellow citizens dear friends "
        "honored student-of newsletter click author"
    ),
}
