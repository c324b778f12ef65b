/// The names of months and days in the languages of Unicode's CLDR that are in common use, without their dots.
///
/// They are kept here since the system may have no locales, and since those of another release may be written otherwise.
enum DateNameTable {
    struct Language {
        /// As CLDR names it.
        let code: String
        /// As they stand in a date, short, and alone.
        let months: [[String]]
        /// From Sunday; long and short.
        let weekdays: [[String]]

        init(_ code: String, months: [String], weekdays: [String]) {
            self.code = code
            self.months = months.map { $0.split(separator: " ").map(String.init) }
            self.weekdays = weekdays.map { $0.split(separator: " ").map(String.init) }
        }
    }

    static let languages = [
        Language(
            "en",
            months: [
                "January February March April May June July August September October November December",
                "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            ],
            weekdays: [
                "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
                "Sun Mon Tue Wed Thu Fri Sat",
            ]
        ),
        Language(
            "de",
            months: [
                "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
                "Jan Feb März Apr Mai Juni Juli Aug Sept Okt Nov Dez",
            ],
            weekdays: [
                "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
                "So Mo Di Mi Do Fr Sa",
            ]
        ),
        Language(
            "fr",
            months: [
                "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
                "janv févr mars avr mai juin juil août sept oct nov déc",
            ],
            weekdays: [
                "dimanche lundi mardi mercredi jeudi vendredi samedi",
                "dim lun mar mer jeu ven sam",
            ]
        ),
        Language(
            "es",
            months: [
                "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
                "ene feb mar abr may jun jul ago sept oct nov dic",
            ],
            weekdays: [
                "domingo lunes martes miércoles jueves viernes sábado",
                "dom lun mar mié jue vie sáb",
            ]
        ),
        Language(
            "pt",
            months: [
                "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
                "jan fev mar abr mai jun jul ago set out nov dez",
            ],
            weekdays: [
                "domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado",
                "dom seg ter qua qui sex sáb",
            ]
        ),
        Language(
            "it",
            months: [
                "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
                "gen feb mar apr mag giu lug ago set ott nov dic",
            ],
            weekdays: [
                "domenica lunedì martedì mercoledì giovedì venerdì sabato",
                "dom lun mar mer gio ven sab",
            ]
        ),
        Language(
            "nl",
            months: [
                "januari februari maart april mei juni juli augustus september oktober november december",
                "jan feb mrt apr mei jun jul aug sep okt nov dec",
            ],
            weekdays: [
                "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
                "zo ma di wo do vr za",
            ]
        ),
        Language(
            "pl",
            months: [
                "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
                    + "grudnia",
                "sty lut mar kwi maj cze lip sie wrz paź lis gru",
                "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad "
                    + "grudzień",
            ],
            weekdays: [
                "niedziela poniedziałek wtorek środa czwartek piątek sobota",
                "niedz pon wt śr czw pt sob",
            ]
        ),
        Language(
            "ru",
            months: [
                "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
                "янв февр мар апр мая июн июл авг сент окт нояб дек",
                "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
            ],
            weekdays: [
                "воскресенье понедельник вторник среда четверг пятница суббота",
                "вс пн вт ср чт пт сб",
            ]
        ),
        Language(
            "uk",
            months: [
                "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
                "січ лют бер квіт трав черв лип серп вер жовт лист груд",
                "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
            ],
            weekdays: [
                "неділя понеділок вівторок середа четвер пʼятниця субота",
                "нд пн вт ср чт пт сб",
            ]
        ),
        Language(
            "cs",
            months: [
                "ledna února března dubna května června července srpna září října listopadu prosince",
                "led úno bře dub kvě čvn čvc srp zář říj lis pro",
                "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
            ],
            weekdays: [
                "neděle pondělí úterý středa čtvrtek pátek sobota",
                "ne po út st čt pá so",
            ]
        ),
        Language(
            "sk",
            months: [
                "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
                "jan feb mar apr máj jún júl aug sep okt nov dec",
                "január február marec apríl máj jún júl august september október november december",
            ],
            weekdays: [
                "nedeľa pondelok utorok streda štvrtok piatok sobota",
                "ne po ut st št pi so",
            ]
        ),
        Language(
            "sv",
            months: [
                "januari februari mars april maj juni juli augusti september oktober november december",
                "jan feb mars apr maj juni juli aug sep okt nov dec",
            ],
            weekdays: [
                "söndag måndag tisdag onsdag torsdag fredag lördag",
                "sön mån tis ons tors fre lör",
            ]
        ),
        Language(
            "da",
            months: [
                "januar februar marts april maj juni juli august september oktober november december",
                "jan feb mar apr maj jun jul aug sep okt nov dec",
            ],
            weekdays: [
                "søndag mandag tirsdag onsdag torsdag fredag lørdag",
                "søn man tirs ons tors fre lør",
            ]
        ),
        Language(
            "nb",
            months: [
                "januar februar mars april mai juni juli august september oktober november desember",
                "jan feb mars apr mai juni juli aug sep okt nov des",
            ],
            weekdays: [
                "søndag mandag tirsdag onsdag torsdag fredag lørdag",
                "søn man tir ons tor fre lør",
            ]
        ),
        Language(
            "fi",
            months: [
                "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
                    + "syyskuuta lokakuuta marraskuuta joulukuuta",
                "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
                "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu "
                    + "marraskuu joulukuu",
            ],
            weekdays: [
                "sunnuntai maanantai tiistai keskiviikko torstai perjantai lauantai",
                "su ma ti ke to pe la",
            ]
        ),
        Language(
            "hu",
            months: [
                "január február március április május június július augusztus szeptember október november "
                    + "december",
                "jan febr márc ápr máj jún júl aug szept okt nov dec",
            ],
            weekdays: [
                "vasárnap hétfő kedd szerda csütörtök péntek szombat",
                "V H K Sze Cs P Szo",
            ]
        ),
        Language(
            "ro",
            months: [
                "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie "
                    + "decembrie",
                "ian feb mar apr mai iun iul aug sept oct nov dec",
            ],
            weekdays: [
                "duminică luni marți miercuri joi vineri sâmbătă",
                "dum lun mar mie joi vin sâm",
            ]
        ),
        Language(
            "tr",
            months: [
                "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
                "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
            ],
            weekdays: [
                "Pazar Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi",
                "Paz Pzt Sal Çar Per Cum Cmt",
            ]
        ),
        Language(
            "el",
            months: [
                "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου "
                    + "Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
                "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
                "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος "
                    + "Οκτώβριος Νοέμβριος Δεκέμβριος",
            ],
            weekdays: [
                "Κυριακή Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο",
                "Κυρ Δευ Τρί Τετ Πέμ Παρ Σάβ",
            ]
        ),
        Language(
            "bg",
            months: [
                "януари февруари март април май юни юли август септември октомври ноември декември",
                "яну фев март апр май юни юли авг сеп окт ное дек",
            ],
            weekdays: [
                "неделя понеделник вторник сряда четвъртък петък събота",
                "нд пн вт ср чт пт сб",
            ]
        ),
        Language(
            "ca",
            months: [
                "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
                "gen febr març abr maig juny jul ag set oct nov des",
            ],
            weekdays: [
                "diumenge dilluns dimarts dimecres dijous divendres dissabte",
                "dg dl dt dc dj dv ds",
            ]
        ),
    ]
}
